import { toVariables } from '@dingware/core'

export { toVariables }

/** Values of a card's variables, as a bot has them. */
export type CardData = Readonly<Record<string, unknown>>

/** Values of a card's variables, as the platform takes them: all are text. */
export type Variables = Readonly<Record<string, string>>

/** Turns values into variables for what only some people see, by their id. */
export function toPrivateData(data: Readonly<Record<string, CardData>>): object {
  return Object.fromEntries(
    Object.entries(data).map(([userId, values]) => [userId, { cardParamMap: toVariables(values) }]),
  )
}
