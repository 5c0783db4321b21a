import { fieldsOf, listOf } from '../../utils/fields.ts'
import type { Variables } from './types.ts'

/**
 * A public template of a form that any organisation can use (soimy/openclaw-channel-dingtalk, QwenLM/qwen-code).
 *
 * Variables, texts like all: `form`, the JSON `{ "fields": [] }` of {@link FormField}; `question_id`, which comes back in
 * `actionIds`; `question_title`, `question_desc`, `form_btn_text`; `card_status`: `pending`, `processing`, `submitted`,
 * `cancelled` or `expired`.
 *
 * Submitting calls back with `params.form`, cancelling with `params.user_cancel: 'true'`, and selecting something with
 * `params.fromConfig`, which is no answer.
 */
export const FORM_TEMPLATE_ID = 'c2a6355b-9724-4f7e-9653-d33fcb3311bb.schema'

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

/**
 * A field of the form component (open.dingtalk.com: form-variables). Fields stand in the variable `form` of a card, as
 * the JSON text `{ "fields": [] }`.
 */
export interface FormField {
  /** The key of its value in `params.form`. */
  readonly name: string
  /** The text beside the field. */
  readonly label: string
  /** The kind of input: text, number, selection, date or tick. */
  readonly type: (typeof types)[number]
  /** The choices of a selection. */
  readonly options?: readonly { readonly value: string; readonly text: string }[]
  /** Whether it must be filled in; false by default. `alice.submit()` rejects without it. */
  readonly required?: boolean
  /** The message for a required field that is empty; the label by default. */
  readonly requiredMsg?: string
  /** The text in the empty field. */
  readonly placeholder?: string
  /** Not drawn; its default value is submitted with the others. */
  readonly hidden?: boolean
  /** Whether it can be changed; the default value is submitted either way. */
  readonly readOnly?: boolean
  /** The value for a field that is not filled in. */
  readonly defaultValue?: unknown
}

/** The value of a field under its `name` in `params.form`: of a selection its numbers and values, of a tick a boolean. */
export type FormValue =
  | string
  | number
  | boolean
  | readonly string[]
  | { readonly index: number; readonly value: string }
  | { readonly index: readonly number[]; readonly value: readonly string[] }

/** The fields of the variable `form`; undefined when the card has none. */
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
 * Converts what somebody has filled in to what the client sends: selections may be given by value or text.
 *
 * @throws Error for what the client would not send: a field that is not there, none that is required, no such option.
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
    // unproven: that groups of boxes in a form give what selections give; alone they give ids.
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
