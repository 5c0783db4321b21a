import { arrayOf, type Fields, isRecord, recordOf } from '../updates/lenient/lenient.ts'

/** The fields of an object, or of one in a JSON text; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return recordOf(value) ?? {}
}

/** The objects of a list, or of one in a JSON text. */
export function listOf(value: unknown): readonly Fields[] {
  return (arrayOf(value) ?? []).filter(isRecord)
}
