import { type Fields, isRecord } from '../lenient/lenient.ts'

/** The values of a form: what was selected, without its position in the list (form-variables). */
export function formValuesOf(form: Fields): Fields {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, selectedOf(value)]))
}

function selectedOf(value: unknown): unknown {
  if (!isRecord(value)) return value
  if ('value' in value && 'index' in value) return value.value
  // A list of which one can be ticked gives `{ id }` or the bare id (AskHuman's question card, live).
  return 'id' in value && Object.keys(value).length === 1 ? value.id : value
}
