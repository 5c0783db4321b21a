import type { Allowed, CardCallback, ClickContext } from '@dingware/core'
import type { Card } from '../deliver/card.ts'
import type { CardPlan } from '../kinds/send.ts'
import type { QuestionTexts } from './texts.ts'

/**
 * The options of every question: how long it waits, who may answer, and its texts.
 *
 * @example
 * await ctx.confirm('要重启吗？', { timeout: 60_000, allow: 'anyone' })
 *
 * A question lives as long as the process: for answers after days use `bot.action`.
 */
export interface QuestionOptions {
  /** Milliseconds to wait for an answer. Default 10 minutes. */
  readonly timeout?: number | undefined
  /** Takes the question back when it aborts; what was awaited then rejects with its reason. */
  readonly signal?: AbortSignal | undefined
  /** People who may answer. Default `sender`: the one whose message is being answered. */
  readonly allow?: Allowed | undefined
  /** Written on buttons and shown as the outcome, instead of the Chinese defaults. */
  readonly texts?: Partial<QuestionTexts> | undefined
}

/** Somebody who clicked. `userId` is a unionId where the card was sent with `userIds: 'unionId'`. */
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
  /** The data that the card shows when the question is over. */
  readonly closed: (outcome: QuestionOutcome<T>) => Partial<D>
  /** The data that somebody who cannot answer gets to see. */
  readonly notice: (text: string) => Partial<D>
}

export type QuestionOutcome<T> =
  | { readonly kind: 'answered'; readonly answer: T; readonly by: Clicker }
  | { readonly kind: 'expired' | 'cancelled' }

export interface Answered<T> {
  readonly answer: T
  readonly by: Clicker
  readonly card: Card
}
