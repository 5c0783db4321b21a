import type { Clock } from '../clock/clock.ts'

/**
 * A count that starts anew with each calendar month (of China, UTC+8).
 *
 * @example
 * sim.quota.api.limit = 5_000
 * sim.quota.api.used = 4_999 // one call is left
 */
export interface Meter {
  /** The count of this month; may be set. */
  used: number
  /** The most that is allowed in a month: Infinity by default. A standard organisation has 5,000 API calls and 3,000 pushes. */
  limit: number
}

/** The monthly quotas of the organisation: their usage and limits. */
export interface Quota {
  /** Calls of APIs, each streaming frame of a card included; not tokens, contacts, or what was throttled. */
  readonly api: Meter
  /** Pushes over the stream. Beyond, robot messages arrive as a frame with code 20001, and nothing else does. */
  readonly push: Meter
}

export interface Counter extends Meter {
  /** Counts one more; false when none is left. */
  take(): boolean
}

const CHINA = 8 * 3_600_000

export function createQuota(clock: Pick<Clock, 'now'>): { readonly api: Counter; readonly push: Counter } {
  return { api: createCounter(clock), push: createCounter(clock) }
}

function createCounter(clock: Pick<Clock, 'now'>): Counter {
  let month = monthOf(clock.now())
  let used = 0

  function current(): number {
    const now = monthOf(clock.now())
    if (now !== month) used = 0
    month = now
    return used
  }

  return {
    limit: Number.POSITIVE_INFINITY,
    get used() {
      return current()
    },
    set used(count) {
      current()
      used = count
    },
    take() {
      if (current() >= this.limit) return false
      used += 1
      return true
    },
  }
}

function monthOf(now: number): string {
  return new Date(now + CHINA).toISOString().slice(0, 7)
}
