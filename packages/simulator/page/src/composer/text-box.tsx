import type { RefObject, TargetedKeyboardEvent } from 'preact'
import { useId } from 'preact/hooks'

interface Props {
  readonly value: string
  readonly label: string
  readonly hint: string
  readonly onInput: (text: string) => void
  readonly element: RefObject<HTMLTextAreaElement>
}

/**
 * A text field that grows with its text and sends its form on Enter.
 *
 * It grows without a script: an invisible copy of the text, drawn by CSS from `data-text`, holds the grid cell open.
 */
export function TextBox({ value, label, hint, onInput, element }: Props) {
  const hintId = useId()
  return (
    <div class="text-box" data-text={value}>
      <textarea
        rows={1}
        value={value}
        placeholder={label}
        aria-label={label}
        aria-describedby={hintId}
        data-testid="composer-input"
        ref={element}
        onInput={event => onInput(event.currentTarget.value)}
        onKeyDown={sendOnEnter}
      />
      <span id={hintId} class="visually-hidden">
        {hint}
      </span>
    </div>
  )
}

function sendOnEnter(event: TargetedKeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.shiftKey || composing(event)) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}

// While an input method is open, Enter chooses a word. Safari ends the composition before the keydown that ended it, and
// gives that one away only by its key code.
function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}
