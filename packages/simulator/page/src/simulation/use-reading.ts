import { useEffect, useState } from 'preact/hooks'
import { post } from '../request/request.ts'
import type { Viewer } from '../viewer/viewer.ts'
import type { Simulation } from './state.ts'
import { unreadBy } from './unread.ts'

/** Whoever has a conversation on the screen has read it; the simulator keeps that, so that all tabs and the bot know. */
export function useReading(state: Simulation, viewer: Viewer | undefined): void {
  const isVisible = useVisibility()
  const conversationId = viewer?.conversation.conversationId
  const userId = viewer?.userId
  const messages = state.messages.get(conversationId ?? '')
  const unread = messages && userId ? unreadBy(messages, userId) : 0
  useEffect(() => {
    if (isVisible && unread > 0) void post('/_sim/read', { userId, conversationId })
  }, [conversationId, userId, unread, isVisible])
}

function useVisibility(): boolean {
  const [isVisible, setVisible] = useState(!document.hidden)
  useEffect(() => {
    const follow = () => setVisible(!document.hidden)
    document.addEventListener('visibilitychange', follow)
    return () => document.removeEventListener('visibilitychange', follow)
  }, [])
  return isVisible
}
