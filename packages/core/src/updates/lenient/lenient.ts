import { isRecord } from '@dingware/transport'
import * as v from 'valibot'

export { isRecord }

/** An object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>

/** A field that is read when it fits, and is `undefined` when it is missing or does not. */
export type Lenient<T> = v.SchemaWithFallback<v.OptionalSchema<v.GenericSchema<unknown, T>, undefined>, undefined>

/** A list, empty when it is missing or none. */
export type Items<T> = v.SchemaWithFallback<v.GenericSchema<unknown, readonly T[]>, readonly T[]>

function lenient<T>(schema: v.GenericSchema<unknown, T>): Lenient<T> {
  return v.fallback(v.optional(schema), undefined)
}

export const text: Lenient<string> = lenient(v.string())

/** A text that says something: where the platform has nothing to say it often sends `''`. */
export const filled: Lenient<string> = lenient(v.pipe(v.string(), v.regex(/\S/)))

/** An id, which may come as a number. A blank one is none. */
export const id: Lenient<string> = lenient(
  v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(/\S/)),
)

/** A number, which may come as decimal text, with blanks around it. */
export const number: Lenient<number> = lenient(
  v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^-?\d+(\.\d+)?$/), v.transform(Number))]),
)

/** A boolean, which may come as text in any case, or as 1 and 0. */
export const flag: Lenient<boolean> = lenient(
  v.pipe(
    v.union([v.boolean(), v.number(), v.string()]),
    v.transform(value => String(value).toLowerCase()),
    v.picklist(['true', 'false', '1', '0']),
    v.transform(value => value === 'true' || value === '1'),
  ),
)

/** An object of any fields, which may come as JSON text. */
export const record: Lenient<Fields> = lenient(v.pipe(v.unknown(), v.transform(recordOf), v.custom<Fields>(isRecord)))

/** A list, which may come as JSON text; items that do not fit are left out. */
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

/** As {@link list}, but empty when it is missing or no list. */
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

/** Some fields of an object, which may come as JSON text. */
export function fields<T>(schema: v.GenericSchema<unknown, T>): Lenient<T> {
  return lenient(v.pipe(v.unknown(), v.transform(recordOf), schema))
}

/** The object that a value is, or is the JSON text of. */
export function recordOf(value: unknown): Fields | undefined {
  const parsed = typeof value === 'string' ? jsonOf(value) : value
  return isRecord(parsed) ? parsed : undefined
}

/** The array that a value is, or is the JSON text of. */
export function arrayOf(value: unknown): readonly unknown[] | undefined {
  const parsed = typeof value === 'string' ? jsonOf(value) : value
  return Array.isArray(parsed) ? parsed : undefined
}

/** The words that a value is, or that stand in its `text` or `content`; `undefined` where there are none. */
export function wordsOf(value: unknown): string | undefined {
  let inner = value
  // Seen one level deep; two more, because nobody promises that it stays so.
  for (let level = 0; isRecord(inner) && level < 3; level++) inner = inner.text || inner.content
  return typeof inner === 'string' && inner !== '' ? inner : undefined
}

/** What a JSON text says; `undefined` where it is none. */
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
