/** Reads the JSON of a card's variable; what it is not supposed to be becomes nothing. */
export function parseObject(text: string | undefined): Readonly<Record<string, unknown>> {
  const value = parse(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

export function parseList(text: string | undefined): readonly Readonly<Record<string, unknown>>[] {
  return objects(parse(text))
}

/** The objects of a list. */
export function objects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: unknown) => (typeof one === 'object' && one !== null ? [{ ...one }] : []))
}

export function words(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
