import type { Context } from './context.ts'

type Origin = Pick<Context, 'chat' | 'from'>

/**
 * Key of the conversation that an update came from: for waits for anybody in it, and as `conversationKey` of a bot
 * whose groups share one session. `undefined` for an update without a conversation.
 *
 * @example
 * createBot({ conversationKey: chatKeyOf })
 */
export function chatKeyOf({ chat, from }: Origin): string | undefined {
  if (!chat) return undefined
  const person = from && personOf(from)
  // Messages name a private chat by its conversation, clicks by the person; so the person is used for both.
  if (chat.type === 'private' && person) return `private:${person}`
  return chat.id === '' ? undefined : `chat:${chat.id}`
}

/**
 * Key of the person who sent an update, within the conversation that it came from: for waits for that person, and the
 * default `conversationKey` of a bot. `undefined` if the person or the conversation is unknown.
 *
 * @example
 * const key = senderKeyOf(ctx)
 * if (key) await store.set(`draft:${key}`, ctx.text)
 */
export function senderKeyOf(origin: Origin): string | undefined {
  const chat = chatKeyOf(origin)
  const person = origin.from && personOf(origin.from)
  // Without an id, two strangers would count as one.
  return chat && person ? `${chat} ${person}` : undefined
}

/** Function that maps an update to its conversation: the bot's option, or {@link senderKeyOf}. */
export function conversationKeyBy(
  given: ((ctx: Context) => string | undefined) | undefined,
): (ctx: Context) => string | undefined {
  // Untyped callers may return anything; an empty key would put all such updates into one conversation.
  return ctx => (given ?? senderKeyOf)(ctx) || undefined
}

/** Messages identify people by an encrypted id, clicks by the userId, which messages have as `staffId`. */
function personOf({ id, staffId, unionId }: NonNullable<Origin['from']>): string | undefined {
  return staffId || id || unionId || undefined
}
