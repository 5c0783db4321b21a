/** Rate limit per minute and key. */
export interface Window {
  /**
   * Counts one call and returns 0; if the limit is reached, counts none and returns the milliseconds until the next may
   * go.
   */
  readonly take: (key: string) => number
}

const MINUTE = 60_000

/**
 * Creates a sliding window over the last minute, for at most `maxKeys` keys; beyond that the least recently used are
 * dropped.
 */
export function createWindow(perMinute: number, maxKeys = 10_000): Window {
  const times = new Map<string, number[]>()
  return {
    take(key) {
      if (perMinute === Number.POSITIVE_INFINITY) return 0
      const now = performance.now()
      const recent = (times.get(key) ?? []).filter(at => at > now - MINUTE)
      // Checking and counting are one step: replies that are sent at the same time must not take the same place.
      const first = recent[recent.length - perMinute]
      if (first === undefined) recent.push(now)
      times.delete(key)
      times.set(key, recent)
      for (const oldest of times.keys()) {
        if (times.size <= maxKeys) break
        times.delete(oldest)
      }
      return first === undefined ? 0 : first + MINUTE - now
    },
  }
}
