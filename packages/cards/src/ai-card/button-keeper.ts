import { keepSent } from '../action/keep.ts'
import { reasonOf } from '../deliver/failure.ts'
import type { AiState } from '../template/ai-settings.ts'
import { toVariables } from '../template/variables.ts'
import { type KeptButtons, wire } from '../template/wire.ts'
import type { LiveCard } from './live-card.ts'
import type { LiveCardDeps } from './live-card-deps.ts'
import type { AiCardContent } from './options.ts'

/** Keeps the facts that clicks on the cards of one text will need, before people see the buttons. */
export interface ButtonKeeper {
  /** Gives the buttons of actions ids of their own. */
  readonly wired: (content: AiCardContent) => AiCardContent
  /** Resolves when the store has it, or has failed: that costs the buttons, not the text. */
  readonly keep: (live: LiveCard, state: AiState, content: AiCardContent) => Promise<void>
}

export function createButtonKeeper({ engine, sender, target, options, template }: LiveCardDeps): ButtonKeeper {
  let kept: KeptButtons | undefined
  /** The facts that the store has, and their card. */
  let saved: { readonly live?: LiveCard; readonly kept?: KeptButtons | undefined; readonly state?: AiState } = {}

  return {
    wired({ buttons, ...content }) {
      if (!buttons) return content
      const { buttons: wired, kept: found } = wire(buttons)
      if (found) kept = found
      if (wired.length > 0 && template.buttonsIn.length === 0) engine.warnOfTemplate(template.id, 'buttons')
      return { ...content, buttons: wired }
    },
    async keep(live, state, { data = {} }) {
      if (saved.live === live && saved.kept === kept && saved.state === state) return
      const statusKey = template.variables.status || ''
      const variables = { ...toVariables(data), ...(statusKey && { [statusKey]: template.states[state] }) }
      const card = { templateId: template.id, target, sender, options, variables, statusKey }
      try {
        await keepSent(engine, live.card.outTrackId, card, kept)
        saved = { live, kept, state }
      } catch (error) {
        engine.log.error(`The buttons of an AI card will not work, for their data was not kept: ${reasonOf(error)}`)
      }
    },
  }
}
