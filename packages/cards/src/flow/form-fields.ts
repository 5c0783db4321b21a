/** The kinds of fields that a form can have. */
export type FormFieldType =
  | 'text'
  | 'textArea'
  | 'number'
  | 'select'
  | 'multiSelect'
  | 'checkbox'
  | 'switch'
  | 'checkboxGroup'
  | 'multiCheckboxGroup'
  | 'date'
  | 'time'
  | 'dateTime'

/**
 * A field of a form.
 *
 * @example
 * const kind: FormField = { name: 'kind', label: '类型', type: 'select', options: ['事假', '病假'], required: true }
 *
 * Its answer reaches the schema as text, that of a select as what was selected: a number is to be made from text there.
 */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly type: FormFieldType
  /** The choices of a select: texts, or values with the texts that stand for them. */
  readonly options?: readonly (string | { readonly value: string; readonly text: string })[] | undefined
  readonly required?: boolean | undefined
  /** Shown when a required field is left empty. */
  readonly requiredMessage?: string | undefined
  readonly placeholder?: string | undefined
  readonly defaultValue?: unknown
}

/** As the form component wants them (form-variables). */
const TYPES: Readonly<Record<FormFieldType, string>> = {
  text: 'TEXT',
  textArea: 'TEXT_AREA',
  number: 'NUMBER',
  select: 'SELECT',
  multiSelect: 'MULTI_SELECT',
  checkbox: 'CHECKBOX',
  switch: 'SWITCH',
  checkboxGroup: 'CHECKBOX_GROUP',
  multiCheckboxGroup: 'MULTI_CHECKBOX_GROUP',
  date: 'DATE',
  time: 'TIME',
  dateTime: 'DATETIME',
}

/** The variable that the form component of a template is bound to (form-variables). */
export function formVariable(fields: readonly FormField[]): object {
  return { fields: fields.map(fieldOf) }
}

function fieldOf({
  name,
  label,
  type,
  options,
  required,
  requiredMessage,
  placeholder,
  defaultValue,
}: FormField): object {
  return {
    name,
    label,
    type: TYPES[type],
    ...(type === 'date' && { format: 'YYYY-MM-DD' }),
    ...(options && { options: options.map(optionOf) }),
    ...(required !== undefined && { required }),
    ...(requiredMessage !== undefined && { requiredMsg: requiredMessage }),
    ...(placeholder !== undefined && { placeholder }),
    ...(defaultValue !== undefined && { defaultValue }),
  }
}

function optionOf(option: string | { readonly value: string; readonly text: string }): object {
  return typeof option === 'string' ? { value: option, text: option } : option
}
