import type { Context } from '../../context/context.ts'
import { chatKeyOf, senderKeyOf } from '../../context/conversation-key.ts'

/** Waits for what happens to a card. */
export function cardKey(outTrackId: string): string {
  return `card:${outTrackId}`
}

/** Waits for a click on a component with an id that no other has. */
export function actionKey(actionId: string): string {
  return `action:${actionId}`
}

/** How many ids of a click are looked at; a click has one, as a rule. */
const MAX_ACTIONS = 8

/** Every key under which somebody may wait for an update. */
export function keysOf(
  ctx: Pick<Context, 'callback' | 'chat' | 'from'> & Partial<Pick<Context, 'update'>>,
): readonly string[] {
  const { outTrackId, actionIds = [], button } = ctx.callback ?? {}
  const sentAs = ctx.update?.card?.sentAs
  const cards = [outTrackId, sentAs].map(id => (id ? cardKey(id) : undefined))
  const keys = [...cards, senderKeyOf(ctx), chatKeyOf(ctx)]
  const ids = new Set([...(button ? [button.id, button.baseId] : []), ...actionIds.slice(0, MAX_ACTIONS)])
  return [...keys.filter(key => key !== undefined), ...[...ids].map(actionKey)]
}
