import type { Context } from './context.ts'

type Origin = Pick<Context, 'chat' | 'from'>

/** Waits for anybody in the conversation that an update came from; missing where it came from none. */
export function chatKeyOf({ chat, from }: Origin): string | undefined {
  if (!chat) return undefined
  const person = from && personOf(from)
  // A message names a private chat by its conversation, a click by the person; only the person is the same in both.
  if (chat.type === 'private' && person) return `private:${person}`
  return chat.id === '' ? undefined : `chat:${chat.id}`
}

/** Waits for the one who sent an update, in the conversation that it came from. */
export function senderKeyOf(origin: Origin): string | undefined {
  const chat = chatKeyOf(origin)
  const person = origin.from && personOf(origin.from)
  // Without an id two strangers would be one.
  return chat && person ? `${chat} ${person}` : undefined
}

/** How a bot tells conversations apart; by default as {@link senderKeyOf} does. */
export function conversationKeyBy(
  given: ((ctx: Context) => string | undefined) | undefined,
): (ctx: Context) => string | undefined {
  // Whatever programs without types give, and without one conversation of all that have none.
  return ctx => (given ?? senderKeyOf)(ctx) || undefined
}

/** Messages tell people apart by an encrypted id and clicks by the userId, which messages have as `staffId`. */
function personOf({ id, staffId, unionId }: NonNullable<Origin['from']>): string | undefined {
  return staffId || id || unionId || undefined
}
