import type { PageMessage } from '../../../src/page/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import { listNames } from '../i18n/names.ts'
import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { useNicks } from '../viewer/nicks.ts'
import { useViewer } from '../viewer/viewer.ts'
import { chatTexts } from './texts.ts'

/** The people who alone see a message, and whether the bot was told of it. */
export function MessageState({ message }: { message: PageMessage }) {
  const texts = useTexts(chatTexts)
  const nickOf = useNicks()
  const { locale } = useLanguage()
  const { recipients, untold } = message
  const names = (ids: readonly string[]) => listNames(ids.map(nickOf), locale)
  return (
    <>
      {recipients !== undefined && <p class="message-state">{texts.onlyFor(names(recipients))}</p>}
      {untold && (
        <p class="message-state" data-testid="untold">
          <Icon name="unheard" /> {texts.untold}
        </p>
      )}
    </>
  )
}

/** The people who have read a message of the bot. In a private chat the picture says enough. */
export function ReadState({ message: { recipients, readBy = [] } }: { message: PageMessage }) {
  const texts = useTexts(chatTexts)
  const nickOf = useNicks()
  const { locale } = useLanguage()
  const conversation = useViewer()?.conversation
  const all = recipients ?? conversation?.memberIds ?? []
  const count = readBy.filter(id => all.includes(id)).length
  const isAll = count >= all.length
  const words =
    conversation?.type === 'group' ? texts.readCount(count, all.length) : count > 0 ? texts.read : texts.unread
  const title = count === 0 ? texts.readByNone : texts.readBy(listNames(readBy.map(nickOf), locale))
  return (
    <p class="message-read" data-all={isAll || undefined} data-testid="read-state" title={title}>
      <Icon name={isAll ? 'checks' : 'check'} />
      <span class={conversation?.type === 'group' ? undefined : 'visually-hidden'}>{words}</span>
    </p>
  )
}
