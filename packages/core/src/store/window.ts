import { setBounded } from '@dingware/transport'
import type { Shared } from './shared.ts'
import type { RateWindow } from './store.ts'
import { take, wholeWindow } from './take.ts'

/** Whether there was room, and counted. */
export interface Taken {
  /** 0: there was. Else how many milliseconds until there is. */
  readonly wait: number
  /** As if it had not been counted. */
  readonly giveBack: () => void
}

/** Counts in the memory of this process. */
export interface Window {
  /** Counts one more under a key, if the window has room for it. */
  readonly take: (key: string) => Taken
}

const DEFAULT_KEYS = 10_000

/**
 * Creates a sliding window: of one key, at most `limit` pass within any `windowMs`. It remembers the last `limit` times of at
 * most `maxKeys` keys; those that nobody asked about the longest are forgotten first.
 */
export function createWindow(given: RateWindow, maxKeys: number = DEFAULT_KEYS): Window {
  const { limit, windowMs } = wholeWindow(given)
  const memory = new Map<string, number[]>()
  return {
    take(key) {
      if (limit === 0) return refused(Number.POSITIVE_INFINITY)
      if (limit === Number.POSITIVE_INFINITY) return { wait: 0, giveBack() {} }
      const now = performance.now()
      const times = memory.get(key) ?? []
      setBounded(memory, key, times, maxKeys)
      const first = times.at(-limit)
      if (first !== undefined && first + windowMs > now) return refused(first + windowMs - now)
      // Looking and counting are one step: those that come at the same time must not all find the same room.
      times.push(now)
      if (times.length > limit) times.shift()
      return { wait: 0, giveBack: () => remove(times, now) }
    },
  }
}

function remove(times: number[], time: number): void {
  const index = times.lastIndexOf(time)
  if (index >= 0) times.splice(index, 1)
}

function refused(wait: number): Taken {
  return { wait, giveBack() {} }
}

/** Counts in the store that the processes of a bot share, and in the memory of this one. */
export interface SharedWindow {
  /** Counts one more under a key, if there is room for it. @returns 0 when there was, else the milliseconds until there is. */
  readonly take: (key: string, shared: Shared | undefined) => Promise<number>
}

/**
 * Creates a window that the processes of a bot keep together. Without a store, or while it is away, each keeps it for itself:
 * of what one process lets pass there is never more than `limit` within any window, whatever becomes of the store.
 *
 * @param prefix What the keys in the store begin with.
 */
export function createSharedWindow(prefix: string, window: RateWindow, maxKeys?: number): SharedWindow {
  const own = createWindow(window, maxKeys)
  return {
    async take(key, shared) {
      // First in this process: of what is refused here, the store need not be asked.
      const { wait, giveBack } = own.take(key)
      if (wait > 0 || !shared) return wait
      const sharedWait = await shared.attempt(
        store => take(store, prefix + key, window),
        () => 0,
      )
      if (sharedWait > 0) giveBack()
      return sharedWait
    },
  }
}
