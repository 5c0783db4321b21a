import type { CardCallback, Context } from '@dingware/core'
import type { Card } from '../deliver/card.ts'
import { type ButtonCardData, type ButtonCardOptions, buttonCard } from '../kinds/button-card.ts'
import type { CardButton } from '../template/layout.ts'
import { ask } from './ask.ts'
import type { Asking } from './asking.ts'
import type { Answered, Clicker, Question, QuestionOptions, QuestionOutcome } from './question.ts'
import { type QuestionTexts, textsOf, withName } from './texts.ts'

/**
 * The options of `ctx.choose` and `ctx.confirm`: those of every question, of a card with buttons, and of its delivery.
 *
 * @example
 * await ctx.choose('哪天？', ['周一', '周二'], { timeout: 60_000, title: '排班', at: 'sender' })
 */
export interface ChooseOptions extends QuestionOptions, Omit<ButtonCardOptions, 'signal'> {}

/**
 * Something to choose: a text, or a value with the text that stands for it.
 *
 * @example
 * await ctx.choose('哪天？', ['周一', { label: '周二', value: 2, color: 'blue' }])
 *
 * Labels of one question should differ: a click may tell no more than the label.
 */
export type ChoiceOption<V = unknown> =
  | string
  | { readonly label: string; readonly value: V; readonly color?: CardButton['color'] }

/** The type of the value that is chosen: of a text the text itself, of the others their `value`. */
export type ChoiceValue<O extends readonly ChoiceOption[]> = O[number] extends infer One
  ? One extends string
    ? One
    : One extends { readonly value: infer V }
      ? V
      : never
  : never

/**
 * The answer to `ctx.choose`: the value, who chose it, and the card.
 *
 * @example
 * const day = await ctx.choose('哪天？', ['周一', '周二'])
 * if (day) await ctx.replyText(`${day.by.nick ?? '有人'}选了${day.value}`)
 */
export interface Choice<V> {
  readonly value: V
  readonly by: Clicker
  readonly card: Card
}

/**
 * The answer to `ctx.confirm` when somebody confirmed: who it was, and the card.
 *
 * @example
 * const confirmed = await ctx.confirm('要重启吗？')
 * if (confirmed) await confirmed.card.update({ markdown: '正在重启' })
 */
export interface Confirmed {
  readonly by: Clicker
  readonly card: Card
}

/** Ids of our own buttons; no action has a dot in front. */
const idOf = (index: number): string => `.dingware.${index}`

export async function choose<const O extends readonly ChoiceOption[]>(
  asking: Asking,
  ctx: Context,
  markdown: string,
  options: O,
  given: ChooseOptions = {},
): Promise<Choice<ChoiceValue<O>> | undefined> {
  const choices = options.map(option => (typeof option === 'string' ? { label: option, value: option } : option))
  const { chosen } = textsOf(given.texts)
  const outcome = (index: number): string => `${chosen}${choices[index]?.label ?? ''}`
  const answered = await askByButtons(asking, ctx, markdown, choices.map(buttonOf), outcome, given)
  // Its type is that of the options, one of which it is.
  return answered && { value: choices[answered.answer]?.value as ChoiceValue<O>, by: answered.by, card: answered.card }
}

/** Truthy only when somebody confirmed, so that `if (await ctx.confirm(…))` means what it says. */
export async function confirm(
  asking: Asking,
  ctx: Context,
  markdown: string,
  given: ChooseOptions = {},
): Promise<Confirmed | false | undefined> {
  const { yes, no, confirmed, declined } = textsOf(given.texts)
  const buttons = [
    { text: yes, color: 'blue', id: idOf(0) },
    { text: no, color: 'gray', id: idOf(1) },
  ] as const
  const outcome = (index: number): string => (index === 0 ? confirmed : declined)
  const answered = await askByButtons(asking, ctx, markdown, buttons, outcome, given)
  return answered && answered.answer === 0 && { by: answered.by, card: answered.card }
}

function askByButtons(
  asking: Asking,
  ctx: Context,
  markdown: string,
  buttons: readonly CardButton[],
  outcomeOf: (index: number) => string,
  { timeout, signal, allow, texts, ...options }: ChooseOptions,
): Promise<Answered<number> | undefined> {
  const indexOf = ({ button }: CardCallback): number =>
    buttons.findIndex(({ id }) => id !== undefined && (id === button?.id || id === button?.baseId))
  const end = (text: string): Partial<ButtonCardData> => ({ markdown: `${markdown}\n\n${text}`, tips: '', buttons: [] })
  const question: Question<number, ButtonCardData> = {
    plan: buttonCard(asking.engine.options.templates, markdown, buttons, options),
    isAnswer: callback => indexOf(callback) >= 0,
    read: ({ callback }) => indexOf(callback),
    closed: outcome => end(textOf(outcome, outcomeOf, textsOf(texts))),
    notice: text => ({ tips: text }),
  }
  return ask(asking, ctx, question, { timeout, signal, allow, texts })
}

function textOf(outcome: QuestionOutcome<number>, outcomeOf: (index: number) => string, texts: QuestionTexts): string {
  if (outcome.kind === 'answered') return withName(outcomeOf(outcome.answer), outcome.by.nick)
  return outcome.kind === 'expired' ? texts.expired : texts.withdrawn
}

function buttonOf(
  { label, color }: { readonly label: string; readonly color?: CardButton['color'] },
  index: number,
): CardButton {
  return { text: label, color, id: idOf(index) }
}
