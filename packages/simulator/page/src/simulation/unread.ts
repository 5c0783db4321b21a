import type { PageMessage } from '../../../src/page/protocol.ts'

/** Whether somebody sees a message: some are for single members of a group. */
export function sees({ recipients }: PageMessage, userId: string): boolean {
  return recipients?.includes(userId) ?? true
}

const counted = new WeakMap<readonly PageMessage[], Map<string, number>>()

/** The number of messages of others that somebody has not read. Counted once for each list, for it is asked at every render. */
export function unreadBy(messages: readonly PageMessage[], userId: string): number {
  const known = counted.get(messages) ?? new Map<string, number>()
  counted.set(messages, known)
  const count = known.get(userId) ?? countUnread(messages, userId)
  known.set(userId, count)
  return count
}

function countUnread(messages: readonly PageMessage[], userId: string): number {
  let count = 0
  for (const message of messages) {
    const isNew = message.content.kind !== 'recalled' && message.from.id !== userId && !message.readBy?.includes(userId)
    if (isNew && sees(message, userId)) count += 1
  }
  return count
}
