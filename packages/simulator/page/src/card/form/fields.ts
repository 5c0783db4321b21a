import type { FormField, FormValue } from '../../../../src/apis/card/form.ts'

/**
 * The values of a filled-in form, in the platform's shapes: a selection is `{ index, value }`, several are lists of both
 * (open.dingtalk.com: form-variables). A field that was left empty is left out, but for ticks; a hidden one goes along.
 */
export function valuesIn(fields: readonly FormField[], data: FormData): Readonly<Record<string, unknown>> {
  const entries = fields.flatMap(field => {
    const { name, hidden, defaultValue } = field
    const value = hidden ? defaultValue : given(field, data.getAll(name).map(String))
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(entries)
}

function given({ type, options = [] }: FormField, entries: readonly string[]): FormValue | undefined {
  const [first = ''] = entries
  const valueAt = (index: number) => options[index]?.value ?? ''
  switch (type) {
    case 'CHECKBOX':
    case 'SWITCH':
      return first !== ''
    case 'SELECT':
    case 'CHECKBOX_GROUP':
      return first === '' ? undefined : { index: Number(first), value: valueAt(Number(first)) }
    case 'MULTI_SELECT':
    case 'MULTI_CHECKBOX_GROUP': {
      const index = entries.map(Number)
      return index.length === 0 ? undefined : { index, value: index.map(valueAt) }
    }
    case 'NUMBER':
      return first === '' ? undefined : Number(first)
    case 'TEXT_ARRAY':
      return first === '' ? undefined : first.split(/\r?\n/)
    default:
      return first === '' ? undefined : first
  }
}
