import './chat.css'
import type { PageConversation } from '../../../src/page/protocol.ts'
import { Composer } from '../composer/composer.tsx'
import type { Link } from '../connection/events.ts'
import { HowToConnect } from '../connection/how-to-connect.tsx'
import { nameOf } from '../conversations/name.ts'
import { useLanguage } from '../i18n/language.tsx'
import type { Simulation } from '../simulation/state.ts'
import { MessageLog } from './log.tsx'

interface Props {
  readonly state: Simulation
  readonly link: Link
  readonly conversation: PageConversation
}

/** One conversation: who it is with, what was said, and the place to answer. */
export function Chat({ state, link, conversation }: Props) {
  const { texts } = useLanguage()
  const { conversationId, type, title, memberIds } = conversation
  const name = nameOf(conversation, state.users)
  const members = memberIds.map(userId => state.users.get(userId) ?? { userId, nick: userId })
  return (
    <>
      <header class="chat-header">
        <h2 class="chat-title">
          <bdi>{name}</bdi>
        </h2>
        <p class="chat-about">
          {type === 'private' ? texts.privateChatWith(title) : texts.groupOf(members.length)}
          <code>{type === 'private' ? memberIds[0] : conversationId}</code>
        </p>
      </header>
      {link === 'open' && state.connections === 0 && <HowToConnect />}
      <MessageLog
        key={conversationId}
        name={name}
        group={type === 'group'}
        messages={state.messages.get(conversationId) ?? []}
      />
      <Composer conversation={conversation} members={members} />
    </>
  )
}
