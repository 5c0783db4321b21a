import { checkOptions, rule } from '@dingware/transport'
import type { Store, Versioned } from './store.ts'

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** Maximum number of entries; beyond it the oldest ones are dropped. Default 100,000. */
  readonly max?: number | undefined
}

interface Entry extends Versioned {
  readonly expiresAt: number
}

/**
 * Creates a {@link Store} in memory, the default of a bot: its entries end with the process, and no other process sees
 * them. Values are copied in and out, so that later changes to an object do not change what is stored.
 *
 * @throws DataCloneError from `set` and `add` for a value that cannot be cloned, such as a function.
 * @example
 * const bot = createBot({ clientId, clientSecret, store: memoryStore({ max: 10_000 }) })
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  checkOptions<MemoryStoreOptions>('memoryStore', options, { max: rule.limit(1) })
  const { max = 100_000 } = options
  const entries = new Map<string, Entry>()
  let versions = 0

  const live = (key: string): Entry | undefined => {
    const entry = entries.get(key)
    if (!entry || Date.now() < entry.expiresAt) return entry
    entries.delete(key)
    return undefined
  }
  const put = (key: string, value: unknown, ttlMs = Number.POSITIVE_INFINITY): true => {
    versions++
    entries.delete(key)
    entries.set(key, { value: structuredClone(value), version: String(versions), expiresAt: Date.now() + ttlMs })
    for (const oldest of entries.keys()) {
      if (entries.size <= max) break
      entries.delete(oldest)
    }
    return true
  }
  const fits = (key: string, ifVersion: string | undefined): boolean =>
    ifVersion === undefined || live(key)?.version === ifVersion
  const copyOf = ({ value, version }: Entry): Versioned => ({ value: structuredClone(value), version })

  return {
    async get(key) {
      const entry = live(key)
      return entry && copyOf(entry)
    },
    set: async (key, value, { ttlMs, ifVersion } = {}) => fits(key, ifVersion) && put(key, value, ttlMs),
    add: async (key, value, { ttlMs } = {}) => live(key) === undefined && put(key, value, ttlMs),
    delete: async (key, { ifVersion } = {}) => live(key) !== undefined && fits(key, ifVersion) && entries.delete(key),
    async *list(prefix) {
      for (const key of [...entries.keys()]) {
        const entry = key.startsWith(prefix) ? live(key) : undefined
        if (entry) yield { key, ...copyOf(entry) }
      }
    },
  }
}
