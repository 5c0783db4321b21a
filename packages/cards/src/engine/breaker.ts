import { setBounded } from '@dingware/transport'
/** Spares calls that were refused for a reason that lasts: a permission, a template. */
export interface Breaker {
  /** The reason for which the next call is spared, if it is. */
  readonly reason: (key: string) => unknown
  readonly trip: (key: string, reason: unknown) => void
  readonly reset: (key: string) => void
}

/** Templates are few; a bot that makes up their names must not fill the memory. */
const MAX_KEYS = 1_000

/** @param pause milliseconds for which calls are spared after a refusal; then one is tried again. */
export function createBreaker(pause: number): Breaker {
  const tripped = new Map<string, { readonly until: number; readonly reason: unknown }>()
  return {
    reason(key) {
      const entry = tripped.get(key)
      if (!entry || performance.now() < entry.until) return entry?.reason
      tripped.delete(key)
      return undefined
    },
    trip(key, reason) {
      setBounded(tripped, key, { until: performance.now() + pause, reason }, MAX_KEYS)
    },
    reset: key => void tripped.delete(key),
  }
}
