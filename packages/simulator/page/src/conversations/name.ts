import type { PageConversation, PageUser } from '../../../src/page/protocol.ts'

/**
 * Names a conversation for whoever looks at all of them.
 *
 * Hint: a private chat has the bot's name for title, for so its user sees it. Here every private chat is with that bot,
 * and it is the user who tells one from the other.
 */
export function nameOf({ type, title, memberIds }: PageConversation, users: ReadonlyMap<string, PageUser>): string {
  const [memberId] = memberIds
  if (type === 'group' || memberId === undefined) return title
  return users.get(memberId)?.nick ?? title
}
