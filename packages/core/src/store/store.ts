import { type Rule, rule } from '@dingware/transport'

/** A value with the version that `ifVersion` compares. */
export interface Versioned {
  readonly value: unknown
  readonly version: string
}

export interface SetOptions {
  /** Forget it after so many milliseconds. Default: never. */
  readonly ttlMs?: number | undefined
  /** Write only if the stored version is this one. */
  readonly ifVersion?: string | undefined
}

/** At most `limit` within any `windowMs`, wherever one begins to count. A store is asked for a whole `limit`, from 1 on. */
export interface RateWindow {
  readonly limit: number
  readonly windowMs: number
}

/** Where state lives. Values are what JSON can hold. */
export interface Store {
  get(key: string): Promise<Versioned | undefined>
  /** @returns false when `ifVersion` did not fit; nothing is written then. */
  set(key: string, value: unknown, options?: SetOptions): Promise<boolean>
  /** Writes only what is not there. @returns whether it was written. */
  add(key: string, value: unknown, options?: Pick<SetOptions, 'ttlMs'>): Promise<boolean>
  /** @returns whether something was deleted. */
  delete(key: string, options?: Pick<SetOptions, 'ifVersion'>): Promise<boolean>
  /** Keys that begin with `prefix`, with their values. */
  list(prefix: string): AsyncIterable<Versioned & { readonly key: string }>
  /**
   * Counts one more under a key, if the window has room for it. Optional: without it, get and `ifVersion` do the same,
   * slower the more ask at once. The key is for this alone.
   *
   * @returns 0 when there was room, else how many milliseconds until there is.
   */
  take?(key: string, window: RateWindow): Promise<number>
}

/** An option that takes a store. */
export const STORE_RULE: Rule = rule.methods('get', 'set', 'add', 'delete', 'list')
