import { useEffect } from 'preact/hooks'
import { Avatar } from '../avatar/avatar.tsx'
import { useTexts } from '../i18n/texts.ts'
import type { Candidate } from './mentions.ts'
import { composerTexts } from './texts.ts'

interface Props {
  readonly id: string
  readonly candidates: readonly Candidate[]
  readonly active: number
  readonly onChoose: (candidate: Candidate) => void
}

/** The list of those who can be @ed. The text box keeps the focus, and tells which of them the arrows have come to. */
export function MentionList({ id, candidates, active, onChoose }: Props) {
  const texts = useTexts(composerTexts)
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, active])
  return (
    <div
      class="mention-list"
      role="listbox"
      id={id}
      aria-label={texts.mention}
      // What scrolls must be reachable by keyboard. To press the mouse on it leaves the focus in the text box, though.
      tabIndex={0}
      data-testid="mention-list"
      onMouseDown={event => event.preventDefault()}
    >
      {candidates.length === 0 && (
        // biome-ignore lint/a11y/useFocusableInteractive: the text box has the focus
        <div class="mention-none" role="option" aria-selected="false" aria-disabled="true">
          {texts.nobodyFound}
        </div>
      )}
      {candidates.map((candidate, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the text box has the focus
        // biome-ignore lint/a11y/useKeyWithClickEvents: its keys choose
        <div
          key={candidate.id}
          id={`${id}-${index}`}
          class="mention-option"
          role="option"
          aria-selected={index === active}
          onClick={() => onChoose(candidate)}
        >
          <Avatar id={candidate.id} name={candidate.name} kind={candidate.isBot ? 'bot' : 'user'} />
          <bdi>{candidate.name}</bdi>
          {candidate.isBot && <span class="mention-kind">{texts.bot}</span>}
        </div>
      ))}
    </div>
  )
}
