import type { RefObject } from 'preact'
import { useId, useState } from 'preact/hooks'
import { useTexts } from '../i18n/texts.ts'
import { MentionList } from './mention-list.tsx'
import { type Candidate, isName, matching, queryAt } from './mentions.ts'
import { composerTexts } from './texts.ts'
import { typeOver } from './type-over.ts'

interface Props {
  readonly value: string
  readonly label: string
  readonly candidates: readonly Candidate[]
  readonly onInput: (text: string) => void
  readonly onMention: (candidate: Candidate) => void
  readonly onEscape: () => void
  readonly element: RefObject<HTMLTextAreaElement>
}

/**
 * A text field that grows with its text, sends its form on Enter, and offers those who can be @ed once an @ is typed.
 *
 * It grows without a script: an invisible copy of the text, drawn by CSS from `data-text`, holds the grid cell open.
 */
export function TextBox({ value, label, candidates, onInput, onMention, onEscape, element }: Props) {
  const texts = useTexts(composerTexts)
  const id = useId()
  const { found, active, isOpen, look, close, choose, takesKey } = useMentions(element, candidates, onMention)
  const keyDown = (event: KeyboardEvent) => {
    if (composing(event)) return
    if (isOpen && takesKey(event.key)) return event.preventDefault()
    if (event.key === 'Escape') return isOpen ? close() : onEscape()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    element.current?.form?.requestSubmit()
  }
  return (
    <div class="text-box" data-text={value}>
      <textarea
        rows={1}
        value={value}
        placeholder={label}
        aria-label={label}
        aria-describedby={`${id}-hint`}
        aria-haspopup={candidates.length > 0 ? 'listbox' : undefined}
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-activedescendant={isOpen && found.length > 0 ? `${id}-list-${active}` : undefined}
        data-testid="composer-input"
        ref={element}
        onInput={event => {
          onInput(event.currentTarget.value)
          look(event.currentTarget)
        }}
        onClick={event => look(event.currentTarget)}
        onBlur={close}
        onKeyDown={keyDown}
      />
      {isOpen && <MentionList id={`${id}-list`} candidates={found} active={active} onChoose={choose} />}
      <span id={`${id}-hint`} class="visually-hidden">
        {texts.enterSends}
      </span>
    </div>
  )
}

/** The list of those who can be @ed, which an @ before the caret opens. */
function useMentions(
  element: RefObject<HTMLTextAreaElement>,
  candidates: readonly Candidate[],
  onMention: (candidate: Candidate) => void,
) {
  const [query, setQuery] = useState<string | undefined>(undefined)
  const [active, setActive] = useState(0)
  const found = query === undefined ? [] : matching(candidates, query)
  const isOpen = query !== undefined && candidates.length > 0 && isName(query, found)

  const look = (box: HTMLTextAreaElement) => {
    setQuery(queryAt(box.value, box.selectionStart)?.query)
    setActive(0)
  }
  const close = () => setQuery(undefined)
  const choose = (candidate: Candidate) => {
    const box = element.current
    const typed = box && queryAt(box.value, box.selectionStart)
    if (typed) typeOver(box, typed.start, box.selectionStart, '')
    close()
    onMention(candidate)
  }
  const takesKey = (key: string): boolean => {
    const candidate = found[active]
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      setActive((active + (key === 'ArrowDown' ? 1 : -1) + found.length) % Math.max(1, found.length))
    } else if ((key === 'Enter' || key === 'Tab') && candidate) choose(candidate)
    else return false
    return true
  }
  return { found, active, isOpen, look, close, choose, takesKey }
}

// While an input method is open, Enter chooses a word. Safari ends the composition before the keydown that ended it, and
// gives that one away only by its key code.
function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}
