import { useId } from 'preact/hooks'
import type { PageUser } from '../../../src/page/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'

interface Props {
  readonly members: readonly PageUser[]
  readonly chosen: string
  readonly onChoose: (userId: string) => void
}

/** Chooses which member of a group speaks. */
export function Speaker({ members, chosen, onChoose }: Props) {
  const { texts } = useLanguage()
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
            {nick === userId ? nick : `${nick} (${userId})`}
          </option>
        ))}
      </select>
    </div>
  )
}
