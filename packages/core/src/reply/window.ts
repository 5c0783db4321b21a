/** How many may pass within a minute, by key. */
export interface Window {
  /** Milliseconds until the next may pass; 0: now. */
  readonly delay: (key: string) => number
  /** Counts one that passes. */
  readonly pass: (key: string) => void
}

const MINUTE = 60_000

/** Creates a sliding window over the last minute, for at most `maxKeys` keys. */
export function createWindow(perMinute: number, maxKeys = 10_000): Window {
  const times = new Map<string, number[]>()
  const recent = (key: string): number[] => {
    const since = performance.now() - MINUTE
    return (times.get(key) ?? []).filter(at => at > since)
  }
  return {
    delay(key) {
      const passed = recent(key)
      const first = passed[passed.length - perMinute]
      return first === undefined ? 0 : first + MINUTE - performance.now()
    },
    pass(key) {
      const passed = [...recent(key), performance.now()]
      times.delete(key)
      times.set(key, passed)
      for (const oldest of times.keys()) {
        if (times.size <= maxKeys) break
        times.delete(oldest)
      }
    },
  }
}
