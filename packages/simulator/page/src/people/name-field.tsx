import { useId } from 'preact/hooks'

interface Props {
  readonly label: string
  readonly value: string
  readonly testid: string
  readonly onInput: (value: string) => void
}

/** A field for the name of a person or a group. */
export function NameField({ label, value, testid, onInput }: Props) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        value={value}
        maxLength={100}
        required
        autocomplete="off"
        data-testid={testid}
        onInput={event => onInput(event.currentTarget.value)}
      />
    </div>
  )
}
