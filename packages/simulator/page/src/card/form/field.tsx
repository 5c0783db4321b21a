import type { TargetedEvent } from 'preact'
import type { FormField } from '../../../../src/apis/card/form.ts'
import { useTexts } from '../../i18n/texts.ts'
import { cardTexts } from '../texts.ts'

/** The browser's own input for a type of field; the others are drawn otherwise. */
const inputs: Readonly<Partial<Record<FormField['type'], string>>> = {
  NUMBER: 'number',
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'datetime-local',
}

/** One field of a form; the browser itself sees to it that what is required is there. */
export function Field({ id, field }: { id: string; field: FormField }) {
  const { name, label, type, required = false, hidden = false, defaultValue } = field
  if (hidden) return null
  if (type === 'MULTI_SELECT' || type === 'MULTI_CHECKBOX_GROUP') return <ManyOf field={field} />
  if (type === 'CHECKBOX' || type === 'SWITCH') {
    return (
      <label class="choice">
        <input type="checkbox" name={name} value="on" required={required} defaultChecked={defaultValue === true} />{' '}
        {label}
        {required && <Star />}
      </label>
    )
  }
  return (
    <div class="field">
      <label for={id}>
        {label}
        {required && <Star />}
      </label>
      {type === 'SELECT' || type === 'CHECKBOX_GROUP' ? (
        <OneOf id={id} field={field} />
      ) : (
        <Written id={id} field={field} />
      )}
    </div>
  )
}

function Written({ id, field }: { id: string; field: FormField }) {
  const { name, type, required = false, placeholder = '', readOnly = false, defaultValue } = field
  const kept = typeof defaultValue === 'string' || typeof defaultValue === 'number' ? String(defaultValue) : ''
  const common = { id, class: 'input', name, required, placeholder, readOnly, autocomplete: 'off' } as const
  if (type === 'TEXT_AREA' || type === 'TEXT_ARRAY') return <textarea {...common} defaultValue={kept} />
  return (
    <input {...common} type={inputs[type] ?? 'text'} step={type === 'NUMBER' ? 'any' : undefined} defaultValue={kept} />
  )
}

function OneOf({ id, field }: { id: string; field: FormField }) {
  const { name, options = [], required = false, placeholder, defaultValue } = field
  const texts = useTexts(cardTexts)
  return (
    <select id={id} class="input" name={name} required={required}>
      <option value="">{placeholder || texts.choose}</option>
      {options.map((option, index) => (
        <option key={index} value={String(index)} selected={option.value === defaultValue}>
          {option.text}
        </option>
      ))}
    </select>
  )
}

/** The browser knows no "at least one of these", so the first box says it. */
function ManyOf({ field: { name, label, options = [], required = false } }: { field: FormField }) {
  const texts = useTexts(cardTexts)
  const check = (event: TargetedEvent<HTMLFieldSetElement>) => {
    const boxes = [...event.currentTarget.querySelectorAll('input')]
    const isMissing = required && !boxes.some(box => box.checked)
    boxes[0]?.setCustomValidity(isMissing ? texts.chooseOne : '')
  }
  const start = (element: HTMLFieldSetElement | null) => {
    if (required && element?.querySelector('input:checked') === null) {
      element.querySelector('input')?.setCustomValidity(texts.chooseOne)
    }
  }
  return (
    <fieldset class="field" onChange={check} ref={start}>
      <legend>
        {label}
        {required && <Star />}
      </legend>
      <div class="choices">
        {options.map((option, index) => (
          <label class="choice" key={index}>
            <input type="checkbox" name={name} value={String(index)} /> {option.text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Star() {
  return (
    <span class="required" aria-hidden="true">
      {' '}
      *
    </span>
  )
}
