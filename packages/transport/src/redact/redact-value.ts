import { isSecretName, MASK, redact } from './redact.ts'

const MAX_DEPTH = 50
/** Somebody logs a socket: that reaches half the process. */
const MAX_VALUES = 100_000

/**
 * Copies a value for a log: the parts that JSON would show, with secrets masked at any depth, both in texts (as by
 * {@link redact}) and in fields with secret names. Never throws; parts that cannot be read are named as such.
 *
 * Hint: the copy is bounded. Beyond 50 levels or 100,000 objects stands `[…]`, and bytes are told by their number.
 *
 * @example
 * redactValue({ appSecret: 'abc', items: [1, 2] }) // { appSecret: '***', items: [1, 2] }
 */
export function redactValue(value: unknown): unknown {
  const walk = { left: MAX_VALUES, within: new Set<object>() }
  return copyOf(value, walk)
}

/**
 * Copies the fields of a log line as {@link redactValue} does: for a {@link Logger} of one's own.
 *
 * @example
 * const warn: Logger['warn'] = (message, fields = {}) => log.warn(redactFields(fields), redact(message))
 */
export function redactFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const walk = { left: MAX_VALUES, within: new Set<object>() }
  return fieldsOf(Object.entries(fields), walk)
}

interface Walk {
  /** Number of objects that may still be looked at. */
  left: number
  /** Objects around the one that is looked at. */
  readonly within: Set<object>
}

function copyOf(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (walk.within.has(value)) return '[Circular]'
  if (walk.within.size === MAX_DEPTH || walk.left-- <= 0) return '[…]'
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
