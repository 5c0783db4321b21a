import { randomUUID } from 'node:crypto'
import type { CardCallback, Context } from '@dingware/core'
import { actionKey, isAllowed, type Wait } from '@dingware/core/plugin'
import type { AiCardContent, AiCardOptions } from '../ai-card/options.ts'
import type { Engine } from '../engine/engine.ts'
import { aiTemplateFor, showsStopButton } from '../template/ai-template.ts'

/** An AI card that people can stop. */
export interface Stoppable {
  readonly options: AiCardOptions
  /** Shown by the card instead of the button when it has ended. */
  readonly endContent: AiCardContent
  /** Listens for clicks until the signal aborts. */
  readonly listen: (ended: AbortSignal) => void
}

const UNION_ID = 2

/** The one whom the card answered, by an id of the kind that the click has. */
function ownerOf({ from }: Context, { userIdType }: CardCallback): string | undefined {
  return userIdType === UNION_ID ? from?.unionId : from?.staffId
}

/** Of a template that is not said to have a stop button, and may have the one of 675cde2f (soimy, public code) all the same. */
const USUAL_ID = 'btn_stop'

export interface StopDeps {
  readonly wait: Wait
  readonly engine: Engine
  /** Whether a card is the one to be stopped: buttons of a template have the same id on each card. */
  readonly isOwn: (outTrackId: string) => boolean
}

/**
 * Gives an AI card its button, and makes a click on it end the card. A template brings a button of its own, or shows one from
 * data while the text comes; on others it is not drawn.
 */
export function stoppable(
  { wait, engine, isOwn }: StopDeps,
  ctx: Context,
  { stopButton, ...options }: AiCardOptions,
): Stoppable | undefined {
  if (!stopButton) return undefined
  const template = aiTemplateFor(engine.options.templates?.ai, options.template)
  if (!showsStopButton(template)) engine.warnOfTemplate(template.id, 'stopButton')
  const { text = '停止', allow = 'sender' } = typeof stopButton === 'object' ? stopButton : {}
  const id = `.dingware.stop.${randomUUID()}`
  const ownId = template.stopButton ? template.stopButton.id : USUAL_ID
  const stop = new AbortController()
  const listen = async (ended: AbortSignal): Promise<void> => {
    await wait(ctx, {
      keys: [actionKey(id), actionKey(ownId)],
      accepts: ({ callback }) =>
        callback !== undefined && (callback.button?.baseId === id || isOwn(callback.outTrackId)),
      async take(click) {
        const isMeant = click.has('card') && (await isAllowed(click, allow, ownerOf(ctx, click.callback)))
        // Answered before the card changes: that is done by another API, which has to wait for this.
        click.respond({})
        return isMeant || undefined
      },
      timeout: Number.POSITIVE_INFINITY,
      signal: ended,
      beside: true,
    })
    stop.abort(new Error('somebody has stopped it'))
  }
  const { buttons = [] } = options
  const isFromData = !template.stopButton && showsStopButton(template)
  return {
    options: {
      ...options,
      ...(isFromData && { buttons: [{ text, id, color: 'gray' }, ...buttons] }),
      signal: options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal,
    },
    endContent: isFromData ? { buttons } : {},
    // It ends with the card, and with the bot.
    listen: ended => void listen(ended).catch(() => {}),
  }
}
