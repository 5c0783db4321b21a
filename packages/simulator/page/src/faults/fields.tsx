import { useId } from 'preact/hooks'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly placeholder?: string
  readonly testid?: string
}

/** A line of text with its label; `options` are offered, not demanded. */
export function TextField({
  options = [],
  wide = false,
  ...props
}: FieldProps & { options?: readonly string[]; wide?: boolean }) {
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
        onInput={event => onInput(event.currentTarget.value)}
      />
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

/** The number in a field; undefined when there is none. */
export function numberOf(text: string): number | undefined {
  const number = Number(text)
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number
}
