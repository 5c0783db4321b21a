import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { useTexts } from '../i18n/texts.ts'
import { faultTexts } from './texts.ts'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly placeholder?: string
  readonly testid?: string
}

/** A line of text with its label; `options` are offered, not demanded; `wrong` says what is wrong with it. */
export function TextField({
  options = [],
  wide = false,
  wrong,
  onSettle,
  ...props
}: FieldProps & {
  options?: readonly string[]
  wide?: boolean
  wrong?: string | undefined
  /** It is left, or Enter is pressed. */
  onSettle?: () => void
}) {
  const id = useId()
  const { label, value, onInput, placeholder, testid } = props
  return (
    <label class="field" data-wide={wide}>
      <span class="field-label">{label}</span>
      <input
        type="text"
        list={options.length > 0 ? id : undefined}
        value={value}
        placeholder={placeholder}
        data-testid={testid}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        onInput={event => onInput(event.currentTarget.value)}
        onChange={onSettle}
      />
      {wrong !== undefined && (
        <span class="field-wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
      {options.length > 0 && (
        <datalist id={id}>
          {options.map(option => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </label>
  )
}

/** A number, or nothing. */
export function NumberField({ step = 1, max, ...props }: FieldProps & { step?: number; max?: number }) {
  const { label, value, onInput, placeholder, testid } = props
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input
        type="number"
        min={0}
        max={max}
        step={step}
        value={value}
        placeholder={placeholder}
        data-testid={testid}
        onInput={event => onInput(event.currentTarget.value)}
      />
    </label>
  )
}

interface ChoiceProps extends FieldProps {
  readonly options: readonly (readonly [value: string, label: string])[]
}

export function ChoiceField({ label, value, onInput, options, testid }: ChoiceProps) {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <select value={value} data-testid={testid} onChange={event => onInput(event.currentTarget.value)}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly testid?: string
}

export function CheckField({ label, checked, onChange, testid }: CheckProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        data-testid={testid}
        onChange={event => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

/** Fields that one seldom needs. */
export function More({ testid, children }: { testid: string; children: ComponentChildren }) {
  const texts = useTexts(faultTexts)
  return (
    <details class="fault-more">
      <summary data-testid={testid}>{texts.more}</summary>
      <div class="fault-form">{children}</div>
    </details>
  )
}

/** The words in a field, which commas or spaces part. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/[,，\s]+/).filter(word => word !== '')
}

/** The number in a field; undefined when there is none. */
export function numberOf(text: string): number | undefined {
  const number = Number(text)
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number
}
