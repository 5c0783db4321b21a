/**
 * The template of a form, which the platform has none of that every app may use. The page draws it.
 *
 * Variables, texts like all: `title`; `fields`, a JSON array of {@link FormField}; `submitText`, `cancelText`; `status`:
 * empty, `submitted` or `cancelled`; `result`, markdown below it: the outcome, or what is wrong with what was filled in.
 *
 * Submitting calls back with `actionIds: ['submit']` and `params.form`, cancelling with `['cancel']` and
 * `params.user_cancel` (protocol of forms: open.dingtalk.com, form-variables).
 */
export const FORM_TEMPLATE_ID = 'dingware-form.schema'

/** A field. What it gives under its `name` in `params.form`: see {@link FormValue}. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'number' | 'select' | 'multiSelect' | 'checkbox' | 'date'
  /** Of a selection. */
  readonly options?: readonly string[]
  readonly required?: boolean
  readonly placeholder?: string
}

/** A text (also of a date, `2026-01-31`), a number, a tick, one of the options, or several. */
export type FormValue =
  | string
  | number
  | boolean
  | { readonly index: number; readonly value: string }
  | { readonly index: readonly number[]; readonly value: readonly string[] }
