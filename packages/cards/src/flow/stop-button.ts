import { randomUUID } from 'node:crypto'
import { type Allowed, actionKey, type CardCallback, type Context, isAllowed, type Wait } from '@dingware/core'
import type { AiCardOptions } from '../ai-card/options.ts'
import type { CardButton } from '../layout/layout.ts'

export interface StopButton {
  /** Default `停止`. */
  readonly text?: string | undefined
  /** Who may stop. Default `sender`. */
  readonly allow?: Allowed | undefined
}

/** An AI card that people can stop. */
export interface Stoppable {
  readonly options: AiCardOptions
  /** What the card shows instead of the button when it has ended. */
  readonly endContent: { readonly buttons: readonly CardButton[] }
  /** Listens for clicks until the signal aborts. */
  readonly listen: (ended: AbortSignal) => void
}

const UNION_ID = 2

/** The one whom the card answered, by an id of the kind that the click has. */
function ownerOf({ from }: Context, { userIdType }: CardCallback): string | undefined {
  return userIdType === UNION_ID ? from?.unionId : from?.staffId
}

/** The stop button that templates bring along: 675cde2f (soimy, public code). */
const STOP_OF_TEMPLATE = 'btn_stop'

/**
 * Gives an AI card its button, and makes a click on it end the card.
 *
 * @param isOwn whether a card is the one to be stopped: buttons of a template have the same id on each card.
 */
export function stoppable(
  wait: Wait,
  ctx: Context,
  { stopButton, ...options }: AiCardOptions,
  isOwn: (outTrackId: string) => boolean,
): Stoppable | undefined {
  if (!stopButton) return undefined
  const { text = '停止', allow = 'sender' } = typeof stopButton === 'object' ? stopButton : {}
  const id = `.dingware.stop.${randomUUID()}`
  const { buttons = [] } = options
  const stop = new AbortController()
  const listen = async (ended: AbortSignal): Promise<void> => {
    await wait(ctx, {
      keys: [actionKey(id), actionKey(STOP_OF_TEMPLATE)],
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
  return {
    options: {
      ...options,
      buttons: [{ text, id, color: 'gray' }, ...buttons],
      signal: options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal,
    },
    endContent: { buttons },
    // It ends with the card, and with the bot.
    listen: ended => void listen(ended).catch(() => {}),
  }
}
