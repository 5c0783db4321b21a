import type { Context } from '../../context/context.ts'
import { chatKeyOf, senderKeyOf } from '../../context/conversation-key.ts'

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

/** Maximum number of a click's ids that are looked at; usually there is one. */
const MAX_ACTIONS = 8

/** Lists all keys under which a handler may wait for an update. */
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
