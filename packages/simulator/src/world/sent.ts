import type { Clock } from '../clock/clock.ts'
import { setBounded } from '../utils/bounded.ts'
import { secretId } from '../utils/random.ts'
import type { Message } from './types.ts'
import type { World } from './world.ts'

const SENT_KEPT = 10_000

/** The messages of one call of a send API, by its `processQueryKey`. */
export interface Sent {
  readonly key: string
  /** To people each for themselves, into a group, or into the chat of two people. */
  readonly kind: 'oto' | 'group' | 'private'
  readonly robotCode: string
  /** Of the group or the chat of two. */
  readonly conversationId: string | undefined
  readonly at: number
  readonly messages: readonly Pick<Message, 'id' | 'conversationId'>[]
}

export interface SentStore {
  newKey(): string
  keep(sent: Omit<Sent, 'at'>): void
  find(key: string): Sent | undefined
  /** Takes its messages out of the chats. */
  recall(sent: Sent): void
  isRecalled(sent: Sent): boolean
}

export function createSent(clock: Clock, world: Pick<World, 'recall'>): SentStore {
  const all = new Map<string, Sent>()
  const recalled = new WeakSet<Sent>()
  return {
    newKey: () => Buffer.from(secretId(24), 'hex').toString('base64'),
    keep: sent => setBounded(all, sent.key, { ...sent, at: clock.now() }, SENT_KEPT),
    find: key => all.get(key),
    recall(sent) {
      recalled.add(sent)
      for (const { id } of sent.messages) world.recall(id)
    },
    isRecalled: sent => recalled.has(sent),
  }
}
