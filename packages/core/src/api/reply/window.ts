import { setBounded } from '@dingware/transport'
/** How many may pass within a minute, by key. */
export interface Window {
  /** Lets one pass and counts it; where none may, gives the milliseconds until the next may. 0: it passed. */
  readonly take: (key: string) => number
}

const MINUTE = 60_000

/**
 * Creates a sliding window over the last minute, for at most `maxKeys` keys: those that nobody asked about the longest
 * are forgotten first.
 */
export function createWindow(perMinute: number, maxKeys = 10_000): Window {
  const times = new Map<string, number[]>()
  return {
    take(key) {
      if (perMinute === Number.POSITIVE_INFINITY) return 0
      const now = performance.now()
      const recent = (times.get(key) ?? []).filter(at => at > now - MINUTE)
      // Looking and counting are one step: replies that are sent at the same time must not all find the same room.
      const first = recent[recent.length - perMinute]
      if (first === undefined) recent.push(now)
      setBounded(times, key, recent, maxKeys)
      return first === undefined ? 0 : first + MINUTE - now
    },
  }
}
