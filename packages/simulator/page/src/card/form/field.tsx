import type { TargetedEvent } from 'preact'
import type { FormField } from '../../../../src/card/form.ts'
import { useTexts } from '../../i18n/texts.ts'
import { cardTexts } from '../texts.ts'

/** One field of a form; the browser itself sees to it that what is required is there. */
export function Field({ id, field }: { id: string; field: FormField }) {
  const { name, label, type, required = false, placeholder = '' } = field
  if (type === 'multiSelect') return <ManyOf field={field} />
  if (type === 'checkbox') {
    return (
      <label class="choice">
        <input type="checkbox" name={name} value="on" required={required} /> {label}
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
      {type === 'select' ? (
        <OneOf id={id} field={field} />
      ) : (
        <input
          id={id}
          class="input"
          name={name}
          type={type}
          step={type === 'number' ? 'any' : undefined}
          required={required}
          placeholder={placeholder}
          autocomplete="off"
        />
      )}
    </div>
  )
}

function OneOf({ id, field: { name, options = [], required = false, placeholder } }: { id: string; field: FormField }) {
  const texts = useTexts(cardTexts)
  return (
    <select id={id} class="input" name={name} required={required}>
      <option value="">{placeholder || texts.choose}</option>
      {options.map((option, index) => (
        <option key={index} value={String(index)}>
          {option}
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
            <input type="checkbox" name={name} value={String(index)} /> {option}
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
