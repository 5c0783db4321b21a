import './app.css'
import { useEffect, useLayoutEffect } from 'preact/hooks'
import { Chat } from './chat/chat.tsx'
import { ConversationList } from './conversations/list.tsx'
import { nameOf } from './conversations/name.ts'
import { selectConversation, useRoute } from './conversations/route.ts'
import { Header } from './header.tsx'
import { useLanguage } from './i18n/language.tsx'
import { useSimulation } from './simulation/use-simulation.ts'
import { useWorkbench } from './workbench/use-workbench.ts'
import { Workbench } from './workbench/workbench.tsx'

const product = 'dingware simulator'

export function App() {
  const { texts } = useLanguage()
  const { state, link, markRead } = useSimulation()
  const workbench = useWorkbench()
  const selected = selectConversation(state.conversations, useRoute())
  const name = selected && nameOf(selected, state.users)
  const unread = selected === undefined ? 0 : (state.unread.get(selected.conversationId) ?? 0)

  useEffect(() => {
    document.title = name === undefined ? product : `${name} · ${product}`
  }, [name])

  useLayoutEffect(() => {
    if (selected !== undefined && unread > 0) markRead(selected.conversationId)
  }, [selected?.conversationId, unread])

  return (
    <div class="app" data-workbench={workbench.open ? 'open' : undefined}>
      <Header link={link} connections={state.connections} workbench={workbench} />
      <ConversationList state={state} selectedId={selected?.conversationId} />
      <main class="app-main">
        {selected === undefined ? (
          <p class="app-empty">{state.loaded ? texts.noConversations : texts.connecting}</p>
        ) : (
          <Chat state={state} link={link} conversation={selected} />
        )}
      </main>
      {workbench.open && <Workbench conversationId={selected?.conversationId} />}
    </div>
  )
}
