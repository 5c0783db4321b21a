/** Levels that are looked at: far more than any payload has, far fewer than the stack. */
const LEVELS = 100

/** A value cut where it is nested deeper than anybody means it to be: a bot's mistake must not end the simulator. */
export function shallow(value: unknown, levels: number = LEVELS): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return '…'
  if (Array.isArray(value)) return value.map(held => shallow(held, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, shallow(held, levels - 1)]))
}
