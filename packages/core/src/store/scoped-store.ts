import type { Store } from './store.ts'

/**
 * View of a store in which all keys have a prefix; nothing else can be reached through it. The prefix is a function,
 * called each time, because a bot learns its clientId only when it starts.
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
