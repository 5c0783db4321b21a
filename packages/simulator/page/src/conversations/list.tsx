import './conversations.css'
import { useId } from 'preact/hooks'
import type { PageConversation } from '../../../src/page/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import type { Simulation } from '../simulation/state.ts'
import { ConversationItem } from './item.tsx'
import { nameOf } from './name.ts'

interface Props {
  readonly state: Simulation
  readonly selectedId: string | undefined
}

/**
 * Lists private chats, then groups, each in the server's order.
 *
 * Hint: not by the last message, as a phone would. Whoever drives several bots wants the entries to stay where they are.
 */
export function ConversationList({ state, selectedId }: Props) {
  const { texts } = useLanguage()
  const all = [...state.conversations.values()]
  const section = (heading: string, type: PageConversation['type']) => (
    <Section
      heading={heading}
      conversations={all.filter(one => one.type === type)}
      state={state}
      selectedId={selectedId}
    />
  )
  return (
    <nav class="conversations" aria-label={texts.conversations}>
      {section(texts.privateChats, 'private')}
      {section(texts.groups, 'group')}
    </nav>
  )
}

function Section({ heading, conversations, state, selectedId }: SectionProps) {
  const headingId = useId()
  if (conversations.length === 0) return null
  return (
    <>
      <h2 id={headingId} class="conversations-heading">
        {heading}
      </h2>
      <ul class="conversations-list" aria-labelledby={headingId}>
        {conversations.map(conversation => (
          <ConversationItem
            key={conversation.conversationId}
            conversation={conversation}
            name={nameOf(conversation, state.users)}
            last={state.messages.get(conversation.conversationId)?.at(-1)}
            unread={state.unread.get(conversation.conversationId) ?? 0}
            selected={conversation.conversationId === selectedId}
          />
        ))}
      </ul>
    </>
  )
}

interface SectionProps extends Props {
  readonly heading: string
  readonly conversations: readonly PageConversation[]
}
