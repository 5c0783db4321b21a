import type { Clock } from '../clock/clock.ts'
import { bounded, setBounded } from '../utils/bounded.ts'
import type { Bus } from '../utils/bus.ts'
import { messageId } from '../utils/random.ts'
import type { Content, Message, WorldEvent } from './types.ts'

const MESSAGES_KEPT = 10_000

/** By default its time is now. */
export type NewMessage = Omit<Message, 'id' | 'at' | 'sequence'> & { readonly id?: string; readonly at?: number }

/** The messages of all conversations. */
export interface Messages {
  readonly messages: readonly Message[]
  post(message: NewMessage): Message
  /** Gives a message a newer state; undefined when it is too old to be kept. */
  revise(id: string, content: Content): Message | undefined
  /** Takes a message away, without a trace in the chat. */
  recall(id: string): void
  /** Somebody has read a message. */
  read(message: Pick<Message, 'id'>, userId: string): void
  /** Somebody has read all that others have said in a conversation. */
  readAll(conversationId: string, userId: string): void
  /** The user ids of those who have read it, with the time in milliseconds since the epoch. */
  readers(id: string): ReadonlyMap<string, number>
}

export function createMessages(clock: Clock, bus: Pick<Bus<WorldEvent>, 'emit'>): Messages {
  const kept = bounded<Message>(MESSAGES_KEPT)
  const readers = new Map<string, Map<string, number>>()
  let sequence = 0
  const find = (id: string) => kept.items.findLast(message => message.id === id)

  function markRead(message: Message, userId: string): void {
    const before = readers.get(message.id)
    if (before?.has(userId)) return
    setBounded(readers, message.id, new Map(before).set(userId, clock.now()), MESSAGES_KEPT)
    bus.emit({ type: 'read', message, userId })
  }

  return {
    messages: kept.items,
    post({ id = messageId(), at = clock.now(), ...said }) {
      sequence += 1
      const message: Message = { ...said, id, at, sequence }
      kept.push(message)
      bus.emit({ type: 'message', message })
      return message
    },
    revise(id, content) {
      const old = find(id)
      if (!old) return undefined
      const message = { ...old, content }
      kept.replace(old, message)
      bus.emit({ type: 'message', message })
      return message
    },
    recall(id) {
      const message = find(id)
      if (!message) return
      kept.remove(message)
      bus.emit({ type: 'recalled', message })
    },
    read({ id }, userId) {
      const message = find(id)
      if (message) markRead(message, userId)
    },
    readAll(conversationId, userId) {
      for (const message of kept.items) {
        if (message.conversationId === conversationId && message.from.id !== userId) markRead(message, userId)
      }
    },
    readers: id => readers.get(id) ?? new Map(),
  }
}
