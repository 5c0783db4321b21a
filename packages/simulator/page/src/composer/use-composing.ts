import type { PageConversation, PageUser } from '../../../src/page/protocol.ts'
import { usePerConversation } from './per-conversation.ts'
import { say } from './say.ts'

export interface Composing {
  readonly speaker: PageUser | undefined
  readonly choose: (userId: string) => void
  readonly draft: string
  readonly write: (text: string) => void
  /** Why the last message was not sent; empty when nobody said why. */
  readonly failure: string | null
  readonly ready: boolean
  readonly send: () => Promise<void>
}

/** Drafts and sends. Nothing is shown as said before the simulator says so; what it refuses comes back into the draft. */
export function useComposing({ conversationId }: PageConversation, members: readonly PageUser[]): Composing {
  const [draft, setDraft] = usePerConversation(conversationId, '')
  const [chosen, setChosen] = usePerConversation(conversationId, '')
  const [failure, setFailure] = usePerConversation<string | null>(conversationId, null)
  const speaker = members.find(one => one.userId === chosen) ?? members[0]
  const ready = speaker !== undefined && draft.trim() !== ''

  const send = async () => {
    if (!ready) return
    setDraft(conversationId, () => '')
    setFailure(conversationId, () => null)
    const reason = await say({ userId: speaker.userId, conversationId, text: draft })
    if (reason === undefined) return
    setFailure(conversationId, () => reason)
    setDraft(conversationId, newer => (newer === '' ? draft : `${draft}\n${newer}`))
  }
  const choose = (userId: string) => setChosen(conversationId, () => userId)
  const write = (text: string) => setDraft(conversationId, () => text)
  return { speaker, choose, draft, write, failure, ready, send }
}
