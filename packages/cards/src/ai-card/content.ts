import type { AiState, AiTemplate } from '../template/ai-settings.ts'
import { layoutOf, type Section } from '../template/layout.ts'
import { named } from '../template/templates.ts'
import { type CardData, toVariables } from '../template/variables.ts'
import { wellFormedIn } from '../text/well-formed.ts'
import type { AiCardContent } from './options.ts'

/** A template, and the state of a card of it. */
export interface TemplateState {
  readonly template: AiTemplate
  readonly state: AiState
  /** Whether somebody listens for the stop button. */
  readonly isStoppable: boolean
}

/** The content besides the text, and the state, as variables of the template. */
export function contentVariables(current: TemplateState, content: AiCardContent): Record<string, string> {
  const { template, state } = current
  const { title, logo, staticMarkdown, tips, source, data } = content
  // In other states they are not drawn, and a click on what is not there cannot be meant.
  const buttons = template.buttonsIn.includes(state) ? content.buttons : undefined
  const values = {
    title: title || undefined,
    logo: logo || undefined,
    staticContent: staticMarkdown,
    tips,
    layout: layoutOf({ order: content.order ?? orderOf(template, content, buttons), buttons, source }),
    status: template.states[state],
  }
  const shown = { ...template.fixed, ...named(template, values), ...stopOf(current), ...data }
  return toVariables(wellFormedIn(shown))
}

/** The same for a card that goes on in another, which has everything that belongs below the text. */
export function frozenVariables(current: TemplateState, content: AiCardContent): Record<string, string> {
  const { title, logo, order, data } = content
  const below = {
    ...(content.staticMarkdown !== undefined && { staticMarkdown: '' }),
    ...(content.tips !== undefined && { tips: '' }),
  }
  return contentVariables(current, { title, logo, order, data, ...below })
}

/** Later values go over earlier ones; what is undefined leaves them. */
export function mergeContent(before: AiCardContent, after: AiCardContent): AiCardContent {
  const given = Object.entries(after).filter(([, value]) => value !== undefined)
  const data = { ...before.data, ...after.data }
  return { ...before, ...Object.fromEntries(given), ...(Object.keys(data).length > 0 && { data }) }
}

/** The sections of a card: one that the order does not name is not shown. */
function orderOf(
  { order }: AiTemplate,
  { staticMarkdown }: AiCardContent,
  buttons: AiCardContent['buttons'],
): readonly Section[] {
  const needed: readonly Section[] = [
    ...(staticMarkdown ? (['staticMsgContent'] as const) : []),
    ...(buttons && buttons.length > 0 ? (['msgButtons'] as const) : []),
  ]
  return [...order, ...needed.filter(section => !order.includes(section))]
}

function stopOf({ template: { stopButton }, state, isStoppable }: TemplateState): CardData {
  if (!stopButton) return {}
  const isOpen = state === 'processing' || state === 'inputting'
  return isOpen && isStoppable ? stopButton.shown : stopButton.hidden
}
