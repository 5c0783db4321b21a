export function isJson(headers: Headers): boolean {
  return /^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? '')
}

/** The value in a JSON text; undefined when it is no JSON (which JSON itself cannot say). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a value is an object with fields of its own, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A value without the fields that are null: to the platform they are missing, and clients that write every field of a
 * struct send them (dingtalk-stream-sdk-go: `"extras": null`). In lists they stay, and as the values of variables, where
 * null is no text.
 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isRecord(value)) return value
  const fields = Object.entries(value).filter(([, held]) => held !== null)
  return Object.fromEntries(fields.map(([key, held]) => [key, key === VARIABLES ? held : withoutNulls(held)]))
}

const VARIABLES = 'cardParamMap'
