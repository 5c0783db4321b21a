import { toVariables } from '@dingware/core/plugin'

export { toVariables }

/**
 * The values of a card's variables, as a bot has them: text as it is, everything else becomes JSON.
 *
 * @example
 * const data: CardData = { title: '请假', days: 3, tags: ['事假'] }
 *
 * The platform takes text alone (`MissingStringValue`), so that a template gets `3` as `"3"`.
 */
export type CardData = Readonly<Record<string, unknown>>

/** Values of a card's variables, as the platform takes them: all are text. */
export type Variables = Readonly<Record<string, string>>

/** Turns values into variables for what only some people see, by their id. */
export function toPrivateData(data: Readonly<Record<string, CardData>>): object {
  return Object.fromEntries(
    Object.entries(data).map(([userId, values]) => [userId, { cardParamMap: toVariables(values) }]),
  )
}
