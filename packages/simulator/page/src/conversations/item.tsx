import { useEffect, useRef } from 'preact/hooks'
import type { PageConversation, PageMessage } from '../../../src/page/protocol.ts'
import { Avatar } from '../avatar/avatar.tsx'
import { useLanguage } from '../i18n/language.tsx'
import { shortTime } from '../i18n/time.ts'
import { previewOf } from './preview.ts'
import { linkTo } from './route.ts'

interface Props {
  readonly conversation: PageConversation
  readonly name: string
  readonly last: PageMessage | undefined
  readonly unread: number
  readonly selected: boolean
  /** Whether Tab stops here; arrows lead to the others. */
  readonly reachable: boolean
}

export function ConversationItem({ conversation, name, last, unread, selected, reachable }: Props) {
  const { texts, locale } = useLanguage()
  const { conversationId, type, memberIds } = conversation
  const link = useRef<HTMLAnchorElement>(null)
  // An address, a shortcut or a new chat may lead to one that is out of sight.
  useEffect(() => {
    if (selected) link.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  // A private chat has the colour of its user, as the messages in it do.
  const colourOf = type === 'private' ? (memberIds[0] ?? conversationId) : conversationId
  return (
    <li>
      <a
        class="conversation"
        ref={link}
        href={linkTo(conversationId)}
        title={name}
        tabIndex={reachable ? 0 : -1}
        aria-current={selected ? 'page' : undefined}
        data-testid="conversation"
        data-conversation-id={conversationId}
      >
        <Avatar id={colourOf} name={name} kind={type === 'group' ? 'group' : 'user'} />
        <bdi class="conversation-title">{name}</bdi>
        {last && <time class="conversation-time">{shortTime(last.at, Date.now(), locale)}</time>}
        <bdi class="conversation-preview">{last ? previewOf(last.content, texts) : texts.noMessages}</bdi>
        {unread > 0 && !selected && (
          <span class="conversation-unread">
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <span class="visually-hidden">{texts.unread(unread)}</span>
          </span>
        )}
      </a>
    </li>
  )
}
