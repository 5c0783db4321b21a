import type { Context } from '../context/context.ts'

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
  // A message names a private chat by its conversation, a click by the person; only the person is the same in both.
  return chat.type === 'private' && from ? `private:${personOf(from)}` : `chat:${chat.id}`
}

/** Waits for the one who sent an update, in the conversation that it came from. */
export function senderKeyOf(origin: Origin): string | undefined {
  const chat = chatKeyOf(origin)
  return chat && origin.from && `${chat} ${personOf(origin.from)}`
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
export function keysOf(ctx: Origin): readonly string[] {
  const { outTrackId, actionIds = [] } = ctx.callback ?? {}
  const keys = [outTrackId ? cardKey(outTrackId) : undefined, senderKeyOf(ctx), chatKeyOf(ctx)]
  return [...keys.filter(key => key !== undefined), ...actionIds.slice(0, MAX_ACTIONS).map(actionKey)]
}

/** Messages tell people apart by an encrypted id and clicks by the userId, which messages have as `staffId`. */
function personOf({ id, staffId }: NonNullable<Origin['from']>): string {
  return staffId || id
}
