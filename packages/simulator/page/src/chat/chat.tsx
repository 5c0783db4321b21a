import './chat.css'
import { useMemo, useState } from 'preact/hooks'
import type { PageMessage } from '../../../src/page/protocol.ts'
import { Announcer } from '../announcer/announcer.tsx'
import { Composer } from '../composer/composer.tsx'
import { HowToConnect } from '../connection/how-to-connect.tsx'
import type { Link } from '../connection/live.ts'
import { nameOf } from '../conversations/name.ts'
import { useTexts } from '../i18n/texts.ts'
import type { Simulation } from '../simulation/state.ts'
import { sees } from '../simulation/unread.ts'
import type { Viewer } from '../viewer/viewer.ts'
import { ViewerContext } from '../viewer/viewer.ts'
import { ChatHeader } from './header.tsx'
import { MessageLog } from './log.tsx'
import { chatTexts } from './texts.ts'

interface Props {
  readonly state: Simulation
  readonly link: Link
  readonly viewer: Viewer
  readonly onViewer: (userId: string) => void
}

const nothing: readonly PageMessage[] = []

/** One conversation: who it is with, what was said, and the place to answer. */
export function Chat({ state, link, viewer, onViewer }: Props) {
  const texts = useTexts(chatTexts)
  const { conversation, userId } = viewer
  const { conversationId, memberIds, disbanded } = conversation
  const [reply, setReply] = useState<PageMessage | undefined>(undefined)
  const [proposal, setProposal] = useState<string | undefined>(undefined)
  const name = nameOf(conversation, state.users)
  const members = memberIds.map(id => state.users.get(id) ?? { userId: id, nick: id })
  const all = state.messages.get(conversationId) ?? nothing
  const messages = useMemo(
    () => (all.every(it => sees(it, userId)) ? all : all.filter(it => sees(it, userId))),
    [all, userId],
  )
  // What a bot has taken back is there no more to reply to.
  const quoting =
    reply?.conversationId === conversationId
      ? all.find(({ id, content }) => id === reply.id && content.kind !== 'recalled')
      : undefined
  return (
    <ViewerContext.Provider value={viewer}>
      <ChatHeader name={name} users={state.users} />
      {link === 'open' && state.connections === 0 && <HowToConnect />}
      <MessageLog
        key={conversationId}
        name={name}
        viewerId={userId}
        messages={messages}
        onReply={setReply}
        onTry={setProposal}
      />
      <Announcer key={`announcer ${conversationId}`} messages={messages} recalls={state.recalls} />
      {disbanded ? (
        <p class="chat-disbanded">{texts.disbanded}</p>
      ) : (
        <Composer
          proposal={proposal}
          onProposal={setProposal}
          members={members}
          quoting={quoting}
          onQuote={setReply}
          onViewer={onViewer}
        />
      )}
    </ViewerContext.Provider>
  )
}
