import {
  type Allowed,
  type CardCallback,
  type ClickContext,
  type Context,
  cardKey,
  DingTalkError,
  isAllowed,
} from '@dingware/core'
import type { Card } from '../deliver/card.ts'
import { reasonOf } from '../deliver/failure.ts'
import { targetOf } from '../deliver/target.ts'
import { type CardPlan, newTrackId, sendCard } from '../kinds/send.ts'
import { toVariables, type Variables } from '../template/variables.ts'
import type { Asking } from './asking.ts'
import { forAll, tell } from './notice.ts'
import { type QuestionTexts, textsOf } from './texts.ts'

/** What can be said of any question. */
export interface QuestionOptions {
  /** Milliseconds to wait for an answer. Default 10 minutes. */
  readonly timeout?: number | undefined
  /** Takes the question back when it aborts; what was awaited then rejects with its reason. */
  readonly signal?: AbortSignal | undefined
  /** Who may answer. Default `sender`: the one whose message is being answered. */
  readonly allow?: Allowed | undefined
  /** What is written on buttons and shown as the outcome, instead of the Chinese defaults. */
  readonly texts?: Partial<QuestionTexts> | undefined
}

/** Somebody who clicked. */
export interface Clicker {
  readonly userId: string
  /** Known of the one who asked for the card. */
  readonly nick?: string | undefined
}

/** A question on a card. */
export interface Question<T, D extends object> {
  readonly plan: CardPlan<D>
  readonly isAnswer: (callback: CardCallback) => boolean
  /** Reads the answer. `undefined`: it is none yet, and what the clicker was told about it is in the click. */
  readonly read: (click: ClickContext) => T | undefined | Promise<T | undefined>
  /** What the card shows when it is over. */
  readonly closed: (outcome: Outcome<T>) => Partial<D>
  /** What one who cannot answer gets to see. */
  readonly notice: (text: string) => Partial<D>
}

export type Outcome<T> =
  | { readonly kind: 'answered'; readonly answer: T; readonly by: Clicker }
  | { readonly kind: 'expired' | 'cancelled' }

export interface Answered<T> {
  readonly answer: T
  readonly by: Clicker
  readonly card: Card
}

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
  const { engine, wait, ending } = asking
  const { plan, isAnswer, read, closed, notice } = question
  const { denied, lost } = textsOf(options.texts)
  const { from } = ctx
  const owner = plan.options.userIds === 'unionId' ? from?.unionId : from?.staffId
  // People outside the organisation have no userId; nobody could answer for them.
  const allow = options.allow ?? (owner === undefined ? 'anyone' : 'sender')
  const outTrackId = newTrackId()
  const variables = (data: Partial<D>): Variables => toVariables(plan.variables(data))
  let card: Card<D> | undefined
  let ended: Variables | undefined

  const end = (shown: Variables): Promise<void> => {
    ended = shown
    ending.set(outTrackId, shown)
    return engine.keep(outTrackId, { closed: shown }).finally(() => ending.delete(outTrackId))
  }
  const take = async (click: ClickContext): Promise<Omit<Answered<T>, 'card'> | undefined> => {
    const told = await answerOf(click)
    if (told === undefined) return undefined
    // Another click was faster while this one was looked at.
    if (ended) {
      click.respond(forAll(ended, plan.private))
      return undefined
    }
    const by = clickerOf(click, from)
    const shown = variables(closed({ kind: 'answered', answer: told.answer, by }))
    click.respond(forAll(shown, plan.private))
    click.waitUntil(end(shown))
    return { answer: told.answer, by }
  }
  const answerOf = async (click: ClickContext): Promise<{ readonly answer: T } | undefined> => {
    if (!isAnswer(click.callback)) click.respond({})
    else if (!(await isAllowed(click, allow, owner))) {
      tell(asking, click, { text: denied, shown: variables(notice(denied)) }, plan.private ?? [])
    } else {
      const answer = await read(click)
      return answer === undefined ? undefined : { answer }
    }
    return undefined
  }
  const close = async (kind: 'expired' | 'cancelled'): Promise<void> => {
    const data = closed({ kind })
    await end(variables(data))
    await card?.update(data)
  }

  try {
    const answered = await wait(ctx, {
      keys: [cardKey(outTrackId)],
      accepts: click => click.callback !== undefined,
      take: click => (isClick(click) ? take(click) : undefined),
      timeout: options.timeout,
      signal: options.signal,
      async ask() {
        await engine.keep(outTrackId, {
          ...(owner !== undefined && { owner }),
          ...(plan.private && { private: plan.private }),
          lost: variables(notice(lost)),
          lostText: lost,
        })
        card = await sendCard(engine, targetOf(ctx, plan.options.userIds), plan, from, outTrackId)
      },
    })
    // A click may come before the platform has answered that the card is there; by now it has.
    return card && { ...answered, card }
  } catch (error) {
    const isTimeout = DingTalkError.isInstance(error) && error.code === 'ERR_WAIT_TIMEOUT'
    await close(isTimeout ? 'expired' : 'cancelled').catch(second =>
      engine.log.warn(`A question could not be closed, and still shows its buttons: ${reasonOf(second)}`, {
        outTrackId,
      }),
    )
    if (isTimeout) return undefined
    throw error
  }
}

function isClick(ctx: Context): ctx is ClickContext {
  return ctx.callback !== undefined
}

function clickerOf({ callback: { userId } }: ClickContext, sender: Context['from']): Clicker {
  const isSender = userId === sender?.staffId || userId === sender?.unionId
  return { userId, ...(isSender && sender.nick !== undefined && { nick: sender.nick }) }
}
