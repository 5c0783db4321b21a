/** Values of a card's variables, as a bot has them. */
export type CardData = Readonly<Record<string, unknown>>

/** Values of a card's variables, as the platform takes them: all are text. */
export type Variables = Readonly<Record<string, string>>

/** Turns values into text: objects and lists become JSON; what is undefined is left out. */
export function toVariables(data: CardData): Record<string, string> {
  const entries = Object.entries(data).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return text === undefined ? [] : [[name, text] as const]
  })
  return Object.fromEntries(entries)
}

/** The same for what only some people see, by their id. */
export function toPrivateData(data: Readonly<Record<string, CardData>>): object {
  return Object.fromEntries(
    Object.entries(data).map(([userId, values]) => [userId, { cardParamMap: toVariables(values) }]),
  )
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
