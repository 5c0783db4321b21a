import type { Store } from '../store/store.ts'

/** Property of an API client that holds the store of its bot. */
export const STORE: unique symbol = Symbol.for('dingware.store')

/**
 * Store of the bot that an API client belongs to, where plugins keep what clicks on cards need; `undefined` for a
 * client without a bot. For plugins that have only `ctx.api`.
 *
 * @example
 * const store = storeOf(ctx.api)
 * if (store) await keepCardEntry(store, outTrackId, { owner: ctx.from?.staffId })
 */
export function storeOf(api: object): Store | undefined {
  return hasStore(api) ? api[STORE] : undefined
}

function hasStore(api: object): api is { readonly [STORE]: Store } {
  return STORE in api
}
