import type { Context } from '../../context/context.ts'

type Origin = Pick<Context, 'callback' | 'chat' | 'from'>

/**
 * Wait key for clicks on a card. For plugins, see `PluginHost.wait`.
 *
 * @example
 * await host.wait(ctx, { keys: [cardKey(outTrackId)], accepts: () => true, take: click => click.callback?.button })
 */
export function cardKey(outTrackId: string): string {
  return `card:${outTrackId}`
}

/**
 * Wait key for clicks on a button or other component, by an id that no other card uses.
 *
 * @example
 * await host.wait(ctx, { keys: [actionKey('approve-42')], accepts: () => true, take: click => click.callback?.button })
 */
export function actionKey(actionId: string): string {
  return `action:${actionId}`
}

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

/** Maximum number of a click's ids that are looked at; usually there is one. */
const MAX_ACTIONS = 8

/** Lists all keys under which a handler may wait for an update. */
export function keysOf(ctx: Origin & Partial<Pick<Context, 'update'>>): readonly string[] {
  const { outTrackId, actionIds = [], button } = ctx.callback ?? {}
  const sentAs = ctx.update?.card?.sentAs
  const cards = [outTrackId, sentAs].map(id => (id ? cardKey(id) : undefined))
  const keys = [...cards, senderKeyOf(ctx), chatKeyOf(ctx)]
  const ids = new Set([...(button ? [button.id, button.baseId] : []), ...actionIds.slice(0, MAX_ACTIONS)])
  return [...keys.filter(key => key !== undefined), ...[...ids].map(actionKey)]
}

/** Messages identify people by an encrypted id, clicks by the userId, which messages have as `staffId`. */
function personOf({ id, staffId, unionId }: NonNullable<Origin['from']>): string | undefined {
  return staffId || id || unionId || undefined
}
