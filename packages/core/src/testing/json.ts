import { arrayOf, type Fields, isRecord, recordOf } from '../updates/lenient/lenient.ts'

/** Returns a value as an object, parsing JSON text; `{}` if it is none. */
export function fieldsOf(value: unknown): Fields {
  return recordOf(value) ?? {}
}

/** Returns the objects of a list, parsing JSON text; `[]` if it is none. */
export function listOf(value: unknown): readonly Fields[] {
  return (arrayOf(value) ?? []).filter(isRecord)
}
