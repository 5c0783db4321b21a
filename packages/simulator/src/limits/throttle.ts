import type { Clock } from '../clock/clock.ts'
import { fitsPattern } from '../utils/pattern.ts'

/**
 * The rate limits of an app, in calls a second of each API. A call beyond is answered with the error of its API: 403
 * `Forbidden.AccessDenied.QpsLimitForAppkeyAndApi` on api.dingtalk.com.
 */
export interface Throttle {
  /**
   * Calls a second of each API: of every one, of that with this path (as in the documents, with `:name` for what
   * varies), or of those that a path with `*` fits. Where several fit, the longest is right.
   * Infinity, the default, is no limit; a standard organisation has 20 per app and API.
   *
   * @example
   * sim.throttle.limit(20)
   * sim.throttle.limit(2, '/v1.0/card/streaming')
   * sim.throttle.limit(5, '/v1.0/robot/*')
   */
  limit(perSecond: number, path?: string): void
  /** Removes the limit of one path: the general limit applies there again. */
  release(path: string): void
}

export interface Limiter extends Throttle {
  /** Counts a call; false when it is one too many. Those are not counted. */
  admit(clientId: string, api: { readonly method: string; readonly path: string }): boolean
  /** The calls a second that the API at this path permits. */
  limitOf(path: string): number
  /** The limits in calls a second: the general one, and those by path. */
  readonly limits: { readonly general: number; readonly special: ReadonlyMap<string, number> }
}

const SECOND = 1_000

export function createThrottle(clock: Pick<Clock, 'now'>, everywhere: number = Number.POSITIVE_INFINITY): Limiter {
  let general = everywhere
  const special = new Map<string, number>()
  const windows = new Map<string, Window>()

  function limitOf(path: string): number {
    const fitting = [...special.keys()].filter(it => it !== path && fitsPattern(it, path))
    const longest = fitting.sort((one, other) => other.length - one.length)[0] ?? ''
    return special.get(path) ?? special.get(longest) ?? general
  }

  return {
    limitOf,
    release: path => void special.delete(path),
    limit(perSecond, path) {
      if (path === undefined) general = perSecond
      else special.set(path, perSecond)
    },
    get limits() {
      return { general, special }
    },
    admit(clientId, { method, path }) {
      const most = limitOf(path)
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
  /** The count within the last `span` milliseconds. */
  count(): number
}

/** A sliding window of time. */
export function createWindow(clock: Pick<Clock, 'now'>, span: number): Window {
  let times: number[] = []
  const count = () => {
    const now = clock.now()
    times = times.filter(time => time > now - span)
    return times.length
  }
  return {
    count,
    take(most) {
      if (count() >= most) return false
      times.push(clock.now())
      return true
    },
  }
}
