import { fieldsOf, listOf } from './json.ts'

type Variables = Readonly<Record<string, string>>

const types = [
  'TEXT',
  'TEXT_AREA',
  'TEXT_ARRAY',
  'NUMBER',
  'SELECT',
  'MULTI_SELECT',
  'DATE',
  'TIME',
  'DATETIME',
  'CHECKBOX',
  'SWITCH',
  'CHECKBOX_GROUP',
  'MULTI_CHECKBOX_GROUP',
] as const

/** Field of the form component (open.dingtalk.com: form-variables). */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly type: (typeof types)[number]
  /** Options of a selection. */
  readonly options?: readonly { readonly value: string; readonly text: string }[]
  readonly required?: boolean
  readonly requiredMsg?: string
  readonly placeholder?: string
  /** True for a field that is not drawn; its default value is submitted with the others. */
  readonly hidden?: boolean
  readonly readOnly?: boolean
  readonly defaultValue?: unknown
}

/** Fields of the variable `form`; `undefined` if the card has none. */
export function formFieldsIn({ form }: Variables): readonly FormField[] | undefined {
  if (form === undefined) return undefined
  return listOf(fieldsOf(form).fields).flatMap(({ name, label, type, options, ...more }) => {
    if (typeof name !== 'string' || name === '') return []
    const known = types.find(one => one === type) ?? 'TEXT'
    const choices = listOf(options).map(({ value, text }) => ({ value: String(value), text: String(text ?? value) }))
    return [{ ...more, name, label: typeof label === 'string' ? label : name, type: known, options: choices }]
  })
}

/**
 * Builds the form data that the client sends for `given`, where options may be named by value or text.
 *
 * @throws Error for input that the client would not send: an unknown field, a missing required one, an unknown option.
 */
export function filledIn(
  fields: readonly FormField[],
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = fields.map(({ name }) => name)
  const strange = Object.keys(given).find(name => !names.includes(name))
  if (strange !== undefined) throw refused(`the form has no field ${strange}. It has ${names.join(', ') || 'none'}.`)
  const entries = fields.flatMap(field => {
    const value = valueFor(field, given[field.name] ?? field.defaultValue)
    if (value === undefined && field.required && !field.hidden) {
      throw refused(`${field.name} is required: ${field.requiredMsg ?? field.label}`)
    }
    return value === undefined ? [] : [[field.name, value] as const]
  })
  return Object.fromEntries(entries)
}

function valueFor(field: FormField, given: unknown): unknown {
  switch (field.type) {
    case 'CHECKBOX':
    case 'SWITCH':
      return given === true || given === 'true'
    case 'NUMBER':
      return typeof given === 'string' && given !== '' ? Number(given) : given
    // unproven: that groups of boxes in a form send the same as selections; alone they send ids.
    case 'SELECT':
    case 'CHECKBOX_GROUP': {
      if (typeof given !== 'string') return given
      const [index, value] = choiceIn(field, given)
      return { index, value }
    }
    case 'MULTI_SELECT':
    case 'MULTI_CHECKBOX_GROUP': {
      if (!Array.isArray(given)) return given
      const chosen = given.map(one => choiceIn(field, String(one)))
      return { index: chosen.map(([index]) => index), value: chosen.map(([, value]) => value) }
    }
    default:
      return given
  }
}

function choiceIn({ name, options = [] }: FormField, wanted: string): readonly [index: number, value: string] {
  const index = options.findIndex(({ value, text }) => wanted === value || wanted === text)
  const option = options[index]
  if (option) return [index, option.value]
  const has = options.map(({ value, text }) => `${value} (${text})`).join(', ')
  throw refused(`${name} has no option ${wanted}. It has ${has || 'none'}.`)
}

function refused(reason: string): Error {
  return new Error(`Nothing was submitted: ${reason}`)
}
