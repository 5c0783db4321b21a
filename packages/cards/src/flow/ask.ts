import { type ClickContext, type Context, DingTalkError } from '@dingware/core'
import { cardKey } from '@dingware/core/plugin'
import type { Asking } from './asking.ts'
import { OpenQuestion } from './open-question.ts'
import type { Answered, Question, QuestionOptions } from './question.ts'

/**
 * Asks, and waits. `undefined` when nobody answered in time.
 *
 * @throws what the delivery of the card throws; DingTalkError `ERR_STOPPED` when the bot stops; the reason of the signal.
 */
export async function ask<T, D extends object>(
  asking: Asking,
  ctx: Context,
  question: Question<T, D>,
  options: QuestionOptions,
): Promise<Answered<T> | undefined> {
  const open = new OpenQuestion(asking, ctx, question, options)
  try {
    const answered = await asking.wait(ctx, {
      keys: [cardKey(open.outTrackId)],
      accepts: click => click.callback !== undefined,
      take: click => (isClick(click) ? open.take(click) : undefined),
      timeout: options.timeout,
      signal: options.signal,
      ask: () => open.send(),
    })
    // A click may come before the platform has answered that the card is there; by now it has.
    return open.card && { ...answered, card: open.card }
  } catch (error) {
    const isTimeout = DingTalkError.isInstance(error) && error.code === 'ERR_WAIT_TIMEOUT'
    await open.close(isTimeout ? 'expired' : 'cancelled')
    if (isTimeout) return undefined
    throw error
  }
}

function isClick(ctx: Context): ctx is ClickContext {
  return ctx.callback !== undefined
}
