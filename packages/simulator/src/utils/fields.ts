import { isRecord, parseJson } from './json.ts'

type Fields = Readonly<Record<string, unknown>>

/** The fields of an object, or of one in a JSON text; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  const held = typeof value === 'string' && value.startsWith('{') ? parseJson(value) : value
  return isRecord(held) ? held : {}
}

/** The objects of a list, or of one in a JSON text. */
export function listOf(value: unknown): readonly Fields[] {
  const held = typeof value === 'string' && value.startsWith('[') ? parseJson(value) : value
  return Array.isArray(held) ? held.filter(isRecord) : []
}
