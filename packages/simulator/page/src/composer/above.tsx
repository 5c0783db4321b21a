import type { PageMessage, PageUser } from '../../../src/page/protocol.ts'
import { previewOf } from '../conversations/preview.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { Icon, IconButton } from '../icons/icon.tsx'
import type { Draft } from './draft.ts'
import { type Candidate, theBot } from './mentions.ts'
import { Speaker } from './speaker.tsx'
import { composerTexts } from './texts.ts'

/** The message that the next one replies to. */
export function Quoting({ message, onCancel }: { message: PageMessage; onCancel: () => void }) {
  const { texts } = useLanguage()
  const { replyTo, noReply } = useTexts(composerTexts)
  return (
    <div class="quoting" data-testid="quoting">
      <Icon name="reply" />
      <p>
        <strong>{replyTo(message.from.nick)}</strong> {previewOf(message.content, texts)}
      </p>
      <IconButton icon="close" label={noReply} onClick={onCancel} />
    </div>
  )
}

interface GroupProps {
  readonly members: readonly PageUser[]
  readonly self: string
  readonly onSelf: (userId: string) => void
  readonly draft: Draft
  readonly candidates: readonly Candidate[]
  readonly onUnmention: (id: string) => void
}

/** In a group: who one is, and who is @ed. */
export function GroupBar({ members, self, onSelf, draft, candidates, onUnmention }: GroupProps) {
  const texts = useTexts(composerTexts)
  const mentioned = candidates.filter(({ id, isBot }) => (isBot ? draft.atBot : draft.at.includes(id)))
  return (
    <div class="group-bar">
      <Speaker members={members} chosen={self} onChoose={onSelf} />
      <ul class="mention-chips" aria-label={texts.mentions} data-testid="mention-chips">
        {mentioned.map(({ id, name }) => (
          <li class="mention-chip" key={id === theBot ? 'bot' : id}>
            <bdi>@{name}</bdi>
            <button
              type="button"
              aria-label={texts.unmention(name)}
              title={texts.unmention(name)}
              onClick={() => onUnmention(id)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
