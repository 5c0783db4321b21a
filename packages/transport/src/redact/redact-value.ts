import { isSecretName, MASK, redact } from './redact.ts'

const DEEPEST = 50
/** Somebody logs a socket: that reaches half the process. */
const MOST = 100_000

/**
 * A copy of a value that may be logged: what JSON would show of it, with the secrets of its texts masked and those of
 * fields with secret names, at any depth. Never throws: what cannot be read is named as such.
 */
export function redactValue(value: unknown): unknown {
  const walk = { left: MOST, within: new Set<object>() }
  return copyOf(value, walk)
}

/** The same for the fields of a log line. */
export function redactFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const walk = { left: MOST, within: new Set<object>() }
  return fieldsOf(Object.entries(fields), walk)
}

interface Walk {
  /** How many values may still be looked at. */
  left: number
  /** The objects around the one that is looked at. */
  readonly within: Set<object>
}

function copyOf(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (walk.within.has(value)) return '[Circular]'
  if (walk.within.size === DEEPEST || walk.left-- <= 0) return '[…]'
  walk.within.add(value)
  try {
    return copyOfObject(value, walk)
  } catch {
    return '[unreadable]'
  } finally {
    walk.within.delete(value)
  }
}

function copyOfObject(value: object, walk: Walk): unknown {
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value) || value instanceof Set) return [...value].map(item => copyOf(item, walk))
  if (value instanceof Map) return fieldsOf([...value], walk)
  if (value instanceof Error) {
    // None of them is an own, enumerable property.
    const { name, message, stack } = value
    return fieldsOf(Object.entries({ ...value, name, message, stack }), walk)
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return copyOf(value.toJSON(), walk)
  return fieldsOf(Object.entries(value), walk)
}

function fieldsOf(entries: readonly (readonly [unknown, unknown])[], walk: Walk): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const isSecret = (typeof value === 'string' || typeof value === 'number') && isSecretName(String(key))
      return [String(key), isSecret ? MASK : copyOf(value, walk)]
    }),
  )
}
