import { useId } from 'preact/hooks'
import type { PageUser } from '../../../src/page/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { composerTexts } from './texts.ts'

interface Props {
  readonly members: readonly PageUser[]
  readonly chosen: string
  readonly onChoose: (userId: string) => void
}

/** Chooses which member of a group one is: who speaks, clicks and reads. */
export function Speaker({ members, chosen, onChoose }: Props) {
  const texts = useTexts(composerTexts)
  const id = useId()
  return (
    <div class="speaker">
      <label for={id}>{texts.speakAs}</label>
      <select
        id={id}
        value={chosen}
        data-testid="composer-speaker"
        onChange={event => onChoose(event.currentTarget.value)}
      >
        {members.map(({ userId, nick }) => (
          <option key={userId} value={userId}>
            {nick}
          </option>
        ))}
      </select>
    </div>
  )
}
