import type { FormField, FormValue } from '../../../../src/card/form.ts'
import { parseList, words } from '../json.ts'

const types: readonly FormField['type'][] = ['text', 'number', 'select', 'multiSelect', 'checkbox', 'date']

/** The fields of a form; an entry without a name is none, one of an unknown type is a text. */
export function fieldsIn(variable: string | undefined): readonly FormField[] {
  return parseList(variable).flatMap(entry => {
    const name = words(entry.name)
    if (name === '') return []
    const options = Array.isArray(entry.options) ? entry.options.map(words) : []
    return [
      {
        name,
        label: words(entry.label) || name,
        type: types.find(type => type === entry.type) ?? 'text',
        options,
        required: entry.required === true,
        placeholder: words(entry.placeholder),
      },
    ]
  })
}

/**
 * What somebody filled in, in the shapes of the platform: a selection is `{ index, value }`, several are lists of both
 * (open.dingtalk.com: form-variables). A field that was left empty is left out, but for ticks.
 */
export function valuesIn(fields: readonly FormField[], data: FormData): Readonly<Record<string, FormValue>> {
  const entries = fields.flatMap(field => {
    const value = given(field, data.getAll(field.name).map(String))
    return value === undefined ? [] : [[field.name, value] as const]
  })
  return Object.fromEntries(entries)
}

function given({ type, options = [] }: FormField, entries: readonly string[]): FormValue | undefined {
  const [first = ''] = entries
  switch (type) {
    case 'checkbox':
      return first !== ''
    case 'select':
      return first === '' ? undefined : { index: Number(first), value: options[Number(first)] ?? '' }
    case 'multiSelect': {
      const index = entries.map(Number)
      return index.length === 0 ? undefined : { index, value: index.map(one => options[one] ?? '') }
    }
    case 'number':
      return first === '' ? undefined : Number(first)
    default:
      return first === '' ? undefined : first
  }
}
