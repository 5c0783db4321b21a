import { type Fields, isRecord } from '../lenient/lenient.ts'

/** The values of a form: a select gives what was selected, without the position in its list (form-variables). */
export function formValuesOf(form: Fields): Fields {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, selectedOf(value)]))
}

function selectedOf(value: unknown): unknown {
  return isRecord(value) && 'value' in value && 'index' in value ? value.value : value
}
