import { useState } from 'preact/hooks'
import type { PageMessage } from '../../../src/page/protocol.ts'
import type { SayRequest } from '../../../src/page/requests.ts'
import type { Viewer } from '../viewer/viewer.ts'
import { attach, type Draft, detach, emptyDraft, isEmpty } from './draft.ts'
import { usePerConversation } from './per-conversation.ts'
import { say } from './say.ts'
import { type Part, partsOf } from './speech.ts'

export interface Composing {
  readonly draft: Draft
  readonly change: (change: Partial<Draft>) => void
  readonly add: (files: Iterable<File>) => void
  readonly remove: (key: number) => void
  /** Why the last message was not sent; empty when nobody said why. */
  readonly failure: string | undefined
  readonly isReady: boolean
  readonly isSending: boolean
  readonly send: () => Promise<void>
  /** Sends something that is in no draft; resolves with why not, when it was not sent. */
  readonly sendNow: (content: SayRequest['content']) => Promise<string | undefined>
}

/** Drafts and sends. Nothing is shown as said before the simulator says so; what it refuses comes back into the draft. */
export function useComposing(viewer: Viewer, quoting: PageMessage | undefined, onSent: () => void): Composing {
  const { conversationId, type } = viewer.conversation
  const { draft, setDraft, change, add, remove } = useDraft(conversationId)
  const [failure, setFailure] = usePerConversation<string | undefined>(conversationId, undefined)
  const [sending, setSending] = useState(0)
  const inGroup = type === 'group'
  const isReady = viewer.userId !== '' && !isEmpty(draft)

  const sayIt = (content: SayRequest['content'], isFirst: boolean) =>
    say({
      userId: viewer.userId,
      conversationId,
      content,
      ...(isFirst && quoting && { quoting: quoting.id }),
      ...(inGroup && { atBot: draft.atBot, at: draft.at }),
    })

  const fail = (parts: readonly Part[], reason: string) => {
    setFailure(conversationId, () => reason)
    setDraft(conversationId, newer => restored(newer, parts, draft.at))
  }

  const send = async () => {
    if (!isReady) return
    const parts = partsOf(draft, inGroup)
    change({ text: '', attachments: [], at: [] })
    setFailure(conversationId, () => undefined)
    setSending(count => count + 1)
    const failed = await sendInTurn(parts, sayIt, onSent)
    if (failed) fail(failed.rest, failed.reason)
    setSending(count => count - 1)
  }

  return {
    draft,
    change,
    add,
    remove,
    failure,
    isReady,
    isSending: sending > 0,
    send,
    async sendNow(content) {
      const reason = await sayIt(content, true)
      if (reason === undefined) onSent()
      return reason
    },
  }
}

function useDraft(conversationId: string) {
  const [draft, setDraft] = usePerConversation(conversationId, emptyDraft)
  const change = (next: Partial<Draft>) => setDraft(conversationId, before => ({ ...before, ...next }))
  const add = (files: Iterable<File>) =>
    setDraft(conversationId, before => ({
      ...before,
      attachments: [...before.attachments, ...[...files].map(attach)],
    }))
  const remove = (key: number) => {
    for (const one of draft.attachments) if (one.key === key) detach(one)
    change({ attachments: draft.attachments.filter(one => one.key !== key) })
  }
  return { draft, setDraft, change, add, remove }
}

/** Sends one part after the other; resolves with those that were not sent, and why. */
async function sendInTurn(
  parts: readonly Part[],
  sayIt: (content: SayRequest['content'], isFirst: boolean) => Promise<string | undefined>,
  onFirst: () => void,
): Promise<{ readonly rest: readonly Part[]; readonly reason: string } | undefined> {
  for (const [index, part] of parts.entries()) {
    const content = await part.make()
    const reason = 'reason' in content ? content.reason : await sayIt(content, index === 0)
    if (reason !== undefined) return { rest: parts.slice(index), reason }
    for (const one of part.attachments) detach(one)
    if (index === 0) onFirst()
  }
  return undefined
}

/** Puts what was not sent before what was written since. */
function restored(newer: Draft, parts: readonly Part[], at: readonly string[]): Draft {
  const text = parts.map(part => part.text).join('')
  return {
    ...newer,
    text: newer.text === '' || text === '' ? text + newer.text : `${text}\n${newer.text}`,
    at: [...new Set([...at, ...newer.at])],
    attachments: [...parts.flatMap(part => part.attachments), ...newer.attachments],
  }
}
