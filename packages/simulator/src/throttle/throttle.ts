import type { Clock } from '../clock/clock.ts'

/** How often an app may call each API. */
export interface Throttle {
  /**
   * Calls a second, for every API or for the one with this path (as in the documents, with `:name` for what varies).
   * Infinity, the default, is no limit; a standard organisation has 20 per app and API.
   *
   * @example
   * sim.throttle.limit(20)
   * sim.throttle.limit(2, '/v1.0/card/streaming')
   */
  limit(perSecond: number, path?: string): void
}

export interface Limiter extends Throttle {
  /** Counts a call; false when it is one too many. Those are not counted. */
  admit(clientId: string, api: { readonly method: string; readonly path: string }): boolean
}

const SECOND = 1_000

export function createThrottle(clock: Pick<Clock, 'now'>, everywhere: number = Number.POSITIVE_INFINITY): Limiter {
  let general = everywhere
  const special = new Map<string, number>()
  const windows = new Map<string, Window>()

  return {
    limit(perSecond, path) {
      if (path === undefined) general = perSecond
      else special.set(path, perSecond)
    },
    admit(clientId, { method, path }) {
      const most = special.get(path) ?? general
      if (most === Number.POSITIVE_INFINITY) return true
      const key = `${clientId} ${method} ${path}`
      const window = windows.get(key) ?? createWindow(clock, SECOND)
      windows.set(key, window)
      return window.take(most)
    },
  }
}

export interface Window {
  /** Counts one more within the last `span` milliseconds; false, and not counted, when there are `most` already. */
  take(most: number): boolean
}

/** A sliding window of time. */
export function createWindow(clock: Pick<Clock, 'now'>, span: number): Window {
  let times: number[] = []
  return {
    take(most) {
      const now = clock.now()
      times = times.filter(time => time > now - span)
      if (times.length >= most) return false
      times.push(now)
      return true
    },
  }
}
