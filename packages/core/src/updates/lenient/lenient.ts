import { isRecord } from '@dingware/transport'
import * as v from 'valibot'

export { isRecord }

/** Object with unknown fields. */
export type Fields = Readonly<Record<string, unknown>>

/** Optional field that reads as `undefined` if it is invalid. */
export type Lenient<T> = v.SchemaWithFallback<v.OptionalSchema<v.GenericSchema<unknown, T>, undefined>, undefined>

/** List that reads as empty if it is missing or invalid. */
export type Items<T> = v.SchemaWithFallback<v.GenericSchema<unknown, readonly T[]>, readonly T[]>

function lenient<T>(schema: v.GenericSchema<unknown, T>): Lenient<T> {
  return v.fallback(v.optional(schema), undefined)
}

export const text: Lenient<string> = lenient(v.string())

/** Non-blank text; where there is nothing, the platform often sends `''`. */
export const filled: Lenient<string> = lenient(v.pipe(v.string(), v.regex(/\S/)))

/** Id, which may come as a number. A blank one counts as missing. */
export const id: Lenient<string> = lenient(
  v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(/\S/)),
)

/** Number, which may come as decimal text with blanks around it. */
export const number: Lenient<number> = lenient(
  v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^-?\d+(\.\d+)?$/), v.transform(Number))]),
)

/** Boolean, which may come as text in any case, or as 1 and 0. */
export const flag: Lenient<boolean> = lenient(
  v.pipe(
    v.union([v.boolean(), v.number(), v.string()]),
    v.transform(value => String(value).toLowerCase()),
    v.picklist(['true', 'false', '1', '0']),
    v.transform(value => value === 'true' || value === '1'),
  ),
)

/** Object with any fields, which may come as JSON text. */
export const record: Lenient<Fields> = lenient(v.pipe(v.unknown(), v.transform(recordOf), v.custom<Fields>(isRecord)))

// Readers of single fields. Nearly all come as they should, or not at all; the schema judges the rest.

/** Reads a field by {@link text}. */
export function textOf(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : undefined
}

/** Reads a field by {@link filled}. */
export function filledOf(value: unknown): string | undefined {
  return typeof value === 'string' && /\S/.test(value) ? value : undefined
}

/** Reads a field by {@link id}. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'string') return /\S/.test(value) ? value : undefined
  return value === undefined ? undefined : v.parse(id, value)
}

/** Reads a field by {@link number}. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return value === undefined ? undefined : v.parse(number, value)
}

/** Reads a field by {@link flag}. */
export function flagOf(value: unknown): boolean | undefined {
  return value === undefined || typeof value === 'boolean' ? value : v.parse(flag, value)
}

/** Reads a list by {@link list}, whose items are objects. */
export function listOf<T>(value: unknown, read: (item: Fields) => T): readonly T[] | undefined {
  return value === undefined ? undefined : arrayOf(value)?.filter(isObject).map(read)
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** List, which may come as JSON text; invalid items are left out. */
export function list<T>(item: v.GenericSchema<unknown, T>): Lenient<readonly T[]> {
  return lenient(
    v.pipe(
      v.unknown(),
      v.transform(arrayOf),
      v.array(v.unknown()),
      v.transform(items => items.flatMap(one => fitting(item, one))),
    ),
  )
}

/** Like {@link list}, but empty if it is missing or not a list. */
export function items<T>(item: v.GenericSchema<unknown, T>): Items<T> {
  return v.fallback(
    v.pipe(
      v.unknown(),
      v.transform(value => arrayOf(value) ?? []),
      v.transform(values => values.flatMap(one => fitting(item, one))),
    ),
    [],
  )
}

/** Object by a schema, which may come as JSON text. */
export function fields<T>(schema: v.GenericSchema<unknown, T>): Lenient<T> {
  return lenient(v.pipe(v.unknown(), v.transform(recordOf), schema))
}

/** Returns a value as an object, parsing JSON text; `undefined` if it is none. */
export function recordOf(value: unknown): Fields | undefined {
  const parsed = typeof value === 'string' ? jsonOf(value) : value
  return isRecord(parsed) ? parsed : undefined
}

/** Returns a value as an array, parsing JSON text; `undefined` if it is none. */
export function arrayOf(value: unknown): readonly unknown[] | undefined {
  const parsed = typeof value === 'string' ? jsonOf(value) : value
  return Array.isArray(parsed) ? parsed : undefined
}

/** Returns a text, or the one in the `text` or `content` field of an object; `undefined` if there is none. */
export function wordsOf(value: unknown): string | undefined {
  let inner = value
  // One level is seen; two more for future nesting.
  for (let level = 0; isRecord(inner) && level < 3; level++) inner = inner.text || inner.content
  return typeof inner === 'string' && inner !== '' ? inner : undefined
}

/** Parses JSON; `undefined` if it is invalid. */
export function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function fitting<T>(schema: v.GenericSchema<unknown, T>, value: unknown): readonly T[] {
  const result = v.safeParse(schema, value)
  return result.success ? [result.output] : []
}
