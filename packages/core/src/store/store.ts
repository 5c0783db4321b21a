import { type Rule, rule } from '@dingware/transport'

/** Stored value with its version, for optimistic locking by `ifVersion`. */
export interface Versioned {
  /** The value, as JSON can hold it. */
  readonly value: unknown
  /** Version, which changes with each write. */
  readonly version: string
}

/** Options of {@link Store.set}. */
export interface SetOptions {
  /** Time to live in milliseconds. Default: no expiry. */
  readonly ttlMs?: number | undefined
  /** Writes only if the stored entry has this version (compare and swap). */
  readonly ifVersion?: string | undefined
}

/** Sliding window: at most `limit` calls within any `windowMs` milliseconds. */
export interface RateWindow {
  /** Maximum number of calls. */
  readonly limit: number
  /** Length of the window in milliseconds. */
  readonly windowMs: number
}

/**
 * Key-value store for the state of a bot: sessions, locks, limits, duplicates. Values are anything that JSON can hold.
 * Three come with the package: `memoryStore` (default), `lmdbStore` and `redisStore`; you can
 * implement your own, provided that `add` and `ifVersion` are atomic.
 */
export interface Store {
  /** Reads an entry; `undefined` if there is none or it has expired. */
  get(key: string): Promise<Versioned | undefined>
  /** Writes an entry. @returns false if `ifVersion` did not match; then nothing is written. */
  set(key: string, value: unknown, options?: SetOptions): Promise<boolean>
  /** Writes an entry only if there is none under this key. @returns true if it was written. */
  add(key: string, value: unknown, options?: Pick<SetOptions, 'ttlMs'>): Promise<boolean>
  /** Deletes an entry. @returns true if one was deleted; false also if `ifVersion` did not match. */
  delete(key: string, options?: Pick<SetOptions, 'ifVersion'>): Promise<boolean>
  /** Iterates over all entries whose keys begin with `prefix`, in no particular order. */
  list(prefix: string): AsyncIterable<Versioned & { readonly key: string }>
  /**
   * Counts one call in a sliding window under `key`, if the window has room for it. Optional: without it the bot uses
   * `get` and `ifVersion`, which gets slower the more processes ask at once. The key must not be used for anything
   * else.
   *
   * @returns 0 if there was room, else the milliseconds until there is.
   */
  take?(key: string, window: RateWindow): Promise<number>
}

/** Option rule: a {@link Store}. */
export const STORE_RULE: Rule = rule.methods('get', 'set', 'add', 'delete', 'list')
