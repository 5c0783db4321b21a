import { useEffect, useState } from 'preact/hooks'
import type { PageConversation } from '../../../src/page/protocol.ts'

const prefix = '#/chat/'

/** Address of a conversation, so that a reload, the back button and a bookmark keep it. */
export function linkTo(conversationId: string): string {
  return prefix + encodeURIComponent(conversationId)
}

/** The address without a conversation: on a phone the list alone. */
export const allConversations = '#/'

/** Reads the conversation out of `location.hash`. */
export function conversationOf(hash: string): string | undefined {
  if (!hash.startsWith(prefix)) return undefined
  try {
    return decodeURIComponent(hash.slice(prefix.length))
  } catch {
    return undefined
  }
}

export function useRoute(): string | undefined {
  const [id, setId] = useState(() => conversationOf(location.hash))
  useEffect(() => {
    const follow = () => setId(conversationOf(location.hash))
    addEventListener('hashchange', follow)
    // It may have changed since this was drawn.
    follow()
    return () => removeEventListener('hashchange', follow)
  }, [])
  return id
}

/** Picks the wanted conversation, else the first of the list as it is shown: private chats before groups. */
export function selectConversation(
  conversations: ReadonlyMap<string, PageConversation>,
  wanted: string | undefined,
): PageConversation | undefined {
  const found = wanted === undefined ? undefined : conversations.get(wanted)
  if (found !== undefined) return found
  const all = [...conversations.values()]
  return all.find(one => one.type === 'private') ?? all[0]
}
