import type { Allowed, ClickContext, Context } from '@dingware/core'
import { isAllowed } from '@dingware/core/plugin'
import type { Card } from '../deliver/card.ts'
import { reasonOf } from '../deliver/failure.ts'
import { targetOf } from '../deliver/target.ts'
import { newTrackId } from '../deliver/track-id.ts'
import { sendCard } from '../kinds/send.ts'
import { toVariables, type Variables } from '../template/variables.ts'
import type { Asking } from './asking.ts'
import { forAll, tell } from './notice.ts'
import type { Answered, Clicker, Question, QuestionOptions } from './question.ts'
import { type QuestionTexts, textsOf } from './texts.ts'

/** One question from the moment that it is asked: its card, and the clicks on that. */
export class OpenQuestion<T, D extends object> {
  readonly outTrackId: string = newTrackId()
  readonly #asking: Asking
  readonly #ctx: Context
  readonly #question: Question<T, D>
  readonly #texts: QuestionTexts
  /** The one whose message is being answered, by an id of the kind that the card has. */
  readonly #owner: string | undefined
  readonly #allow: Allowed
  #card: Card<D> | undefined
  /** Shown by the card once the question is over. */
  #closed: Variables | undefined

  constructor(asking: Asking, ctx: Context, question: Question<T, D>, { texts, allow }: QuestionOptions) {
    this.#asking = asking
    this.#ctx = ctx
    this.#question = question
    this.#texts = textsOf(texts)
    this.#owner = question.plan.options.userIds === 'unionId' ? ctx.from?.unionId : ctx.from?.staffId
    // People outside the organisation have no userId; nobody could answer for them.
    this.#allow = allow ?? (this.#owner === undefined ? 'anyone' : 'sender')
  }

  /** The card; undefined until the platform has answered that it is there. */
  get card(): Card<D> | undefined {
    return this.#card
  }

  async send(): Promise<void> {
    const { engine } = this.#asking
    const { plan, notice } = this.#question
    const { lost } = this.#texts
    await engine.keep(this.outTrackId, {
      ...(this.#owner !== undefined && { owner: this.#owner }),
      ...(plan.private && { private: plan.private }),
      lost: this.#variables(notice(lost)),
      lostText: lost,
    })
    const target = targetOf(this.#ctx, plan.options.userIds)
    this.#card = await sendCard(engine, target, plan, this.#ctx.from, this.outTrackId)
  }

  /** Reads a click, and answers it. `undefined` for one that is no answer. */
  async take(click: ClickContext): Promise<Omit<Answered<T>, 'card'> | undefined> {
    const { plan, closed } = this.#question
    const read = await this.#read(click)
    if (read === undefined) return undefined
    // Another click was faster while this one was looked at.
    if (this.#closed) {
      click.respond(forAll(this.#closed, plan.private))
      return undefined
    }
    const by = clickerOf(click, this.#ctx.from)
    const shown = this.#variables(closed({ kind: 'answered', answer: read.answer, by }))
    click.respond(forAll(shown, plan.private))
    click.waitUntil(this.#end(shown))
    return { answer: read.answer, by }
  }

  /** Ends the question without an answer. Never rejects. */
  async close(kind: 'expired' | 'cancelled'): Promise<void> {
    const data = this.#question.closed({ kind })
    try {
      await this.#end(this.#variables(data))
      await this.#card?.update(data)
    } catch (error) {
      const what = `A question could not be closed, and still shows its buttons: ${reasonOf(error)}`
      this.#asking.engine.log.warn(what, { outTrackId: this.outTrackId })
    }
  }

  async #read(click: ClickContext): Promise<{ readonly answer: T } | undefined> {
    const { plan, isAnswer, read, notice } = this.#question
    const { denied } = this.#texts
    if (!isAnswer(click.callback)) click.respond({})
    else if (!(await isAllowed(click, this.#allow, this.#owner))) {
      const shown = this.#variables(notice(denied))
      tell(this.#asking, click, { text: denied, shown }, plan.private ?? [])
    } else {
      const answer = await read(click)
      return answer === undefined ? undefined : { answer }
    }
    return undefined
  }

  /** From now on every click is answered with that. */
  async #end(shown: Variables): Promise<void> {
    const { engine, justClosed } = this.#asking
    this.#closed = shown
    justClosed.set(this.outTrackId, shown)
    await engine.keep(this.outTrackId, { closed: shown }).finally(() => justClosed.delete(this.outTrackId))
  }

  #variables(data: Partial<D>): Variables {
    return toVariables(this.#question.plan.variables(data))
  }
}

function clickerOf({ callback: { userId } }: ClickContext, sender: Context['from']): Clicker {
  const isSender = userId === sender?.staffId || userId === sender?.unionId
  return { userId, ...(isSender && sender.nick !== undefined && { nick: sender.nick }) }
}
