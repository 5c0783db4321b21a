import type { Context } from '../../context/context.ts'

type Origin = Pick<Context, 'callback' | 'chat' | 'from'>

/** Waits for what happens to a card. */
export function cardKey(outTrackId: string): string {
  return `card:${outTrackId}`
}

/** Waits for a click on a component with an id that no other has. */
export function actionKey(actionId: string): string {
  return `action:${actionId}`
}

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

/** How many ids of a click are looked at; a click has one, as a rule. */
const MAX_ACTIONS = 8

/** Every key under which somebody may wait for an update. */
export function keysOf(ctx: Origin & Partial<Pick<Context, 'update'>>): readonly string[] {
  const { outTrackId, actionIds = [], button } = ctx.callback ?? {}
  const sentAs = ctx.update?.card?.sentAs
  const cards = [outTrackId, sentAs].map(id => (id ? cardKey(id) : undefined))
  const keys = [...cards, senderKeyOf(ctx), chatKeyOf(ctx)]
  const ids = new Set([...(button ? [button.id, button.baseId] : []), ...actionIds.slice(0, MAX_ACTIONS)])
  return [...keys.filter(key => key !== undefined), ...[...ids].map(actionKey)]
}

/** Messages tell people apart by an encrypted id and clicks by the userId, which messages have as `staffId`. */
function personOf({ id, staffId, unionId }: NonNullable<Origin['from']>): string | undefined {
  return staffId || id || unionId || undefined
}
