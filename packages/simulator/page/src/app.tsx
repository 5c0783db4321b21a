import './app.css'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import type { PageConversation } from '../../src/page/protocol.ts'
import { Chat } from './chat/chat.tsx'
import { ConversationList } from './conversations/list.tsx'
import { nameOf } from './conversations/name.ts'
import { selectConversation, useRoute } from './conversations/route.ts'
import { Header } from './header.tsx'
import { useLanguage } from './i18n/language.tsx'
import { useMedia } from './media/use-media.ts'
import { HelpDialog } from './shortcuts/help-dialog.tsx'
import { useShortcuts } from './shortcuts/use-shortcuts.ts'
import { useReading } from './simulation/use-reading.ts'
import { useSimulation } from './simulation/use-simulation.ts'
import { NicksContext } from './viewer/nicks.ts'
import { type Viewer, viewerOf } from './viewer/viewer.ts'
import { useWorkbench } from './workbench/use-workbench.ts'
import { Workbench } from './workbench/workbench.tsx'

/** As in app.css: room for the list and a chat beside it. */
const roomForBoth = '(min-width: 44.01rem)'
const product = 'dingware simulator'

export function App() {
  const { texts } = useLanguage()
  const { state, link } = useSimulation()
  const workbench = useWorkbench()
  const [helping, setHelping] = useState(false)
  const [viewers, setViewers] = useState<ReadonlyMap<string, string>>(new Map())
  const route = useRoute()
  const selected = selectConversation(state.conversations, route)
  const name = selected && nameOf(selected, state.users)
  const nickOf = useCallback((userId: string) => state.users.get(userId)?.nick ?? userId, [state.users])
  const viewer = useViewerOf(selected, viewers, nickOf)
  // On a phone the list may be all there is to see.
  const isChatShown = useMedia(roomForBoth) || route !== undefined
  useReading(state, isChatShown ? viewer : undefined)
  useShortcuts({ help: () => setHelping(true), workbench: workbench.toggle })

  useTitle(name)

  return (
    <NicksContext.Provider value={nickOf}>
      <div
        class="app"
        data-workbench={workbench.open ? 'open' : undefined}
        data-route={route === undefined ? 'list' : 'chat'}
      >
        <Header link={link} connections={state.connections} workbench={workbench} onHelp={() => setHelping(true)} />
        <ConversationList
          state={state}
          selectedId={isChatShown ? selected?.conversationId : undefined}
          viewers={viewers}
        />
        <main class="app-main">
          {viewer === undefined ? (
            <p class="app-empty">{state.loaded ? texts.noConversations : texts.connecting}</p>
          ) : (
            <Chat
              state={state}
              link={link}
              viewer={viewer}
              onViewer={userId => setViewers(new Map(viewers).set(viewer.conversation.conversationId, userId))}
            />
          )}
        </main>
        {workbench.open && state.loaded && <Workbench conversationId={selected?.conversationId} />}
        {helping && <HelpDialog onClose={() => setHelping(false)} />}
      </div>
    </NicksContext.Provider>
  )
}

function useTitle(name: string | undefined): void {
  useEffect(() => {
    document.title = name === undefined ? product : `${name} · ${product}`
  }, [name])
}

function useViewerOf(
  selected: PageConversation | undefined,
  viewers: ReadonlyMap<string, string>,
  nickOf: (userId: string) => string,
): Viewer | undefined {
  const viewerId = selected && viewerOf(selected, viewers)
  const viewerNick = viewerId === undefined ? '' : nickOf(viewerId)
  // The same object for as long as nothing about it changes: messages are drawn anew when it does.
  return useMemo(
    () =>
      selected && viewerId !== undefined ? { userId: viewerId, nick: viewerNick, conversation: selected } : undefined,
    [selected, viewerId, viewerNick],
  )
}
