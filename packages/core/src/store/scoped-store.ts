import type { Store } from './store.ts'

/**
 * A part of a store, where every key begins with `prefix()`; who works in it sees no other. The prefix is asked for at
 * each call, because a bot learns its clientId only when it starts.
 */
export function scopedStore(store: Store, prefix: () => string): Store {
  return {
    get: key => store.get(prefix() + key),
    set: (key, value, options) => store.set(prefix() + key, value, options),
    add: (key, value, options) => store.add(prefix() + key, value, options),
    delete: (key, options) => store.delete(prefix() + key, options),
    async *list(start) {
      const from = prefix()
      for await (const { key, ...entry } of store.list(from + start)) yield { key: key.slice(from.length), ...entry }
    },
    ...(store.take && { take: (key, window) => store.take?.(prefix() + key, window) ?? Promise.resolve(0) }),
  }
}
