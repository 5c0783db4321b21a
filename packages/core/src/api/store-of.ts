import type { Store } from '../store/store.ts'

/** Where an api has the store of its bot. */
export const STORE: unique symbol = Symbol.for('dingware.store')

/** The store of the bot that an api belongs to, in which is kept what clicks on cards need; undefined for an api of no bot. */
export function storeOf(api: object): Store | undefined {
  return hasStore(api) ? api[STORE] : undefined
}

function hasStore(api: object): api is { readonly [STORE]: Store } {
  return STORE in api
}
