import type { Slot } from '@dingware/transport'

/** Detects slow handlers. */
export interface Stopwatch<T> {
  /**
   * Starts to measure a handler; time in which it has lent its slot does not count.
   * @returns the slot to run in instead, and a function to be called at the end.
   */
  readonly time: (item: T, slot: Slot) => { readonly slot: Slot; readonly end: () => void }
  /** Stops all measurements. */
  readonly stop: () => void
}

interface Timed<T> {
  readonly item: T
  since: number
  /** True if it has ended, or was reported. */
  isDone: boolean
}

/**
 * @param after milliseconds; 0 or `false` turns it off. Default 60,000.
 * @param onSlow called once for each handler that has run for so long
 */
export function createStopwatch<T>(
  after: number | false = 60_000,
  onSlow: (item: T, after: number) => void,
): Stopwatch<T> {
  if (!after) return { time: (_item, slot) => ({ slot, end() {} }), stop() {} }
  /** Handlers that occupy their slot, ordered by start: one timer, for the first of them, is enough. */
  const running = new Set<Timed<T>>()
  let timer: NodeJS.Timeout | undefined

  const look = (): void => {
    timer = undefined
    for (const timed of running) {
      if (performance.now() - timed.since < after) break
      running.delete(timed)
      timed.isDone = true
      onSlow(timed.item, after)
    }
    arm()
  }
  const arm = (): void => {
    if (timer) return
    const [first] = running
    if (first) timer = setTimeout(look, first.since + after - performance.now()).unref()
  }
  const disarm = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  const begin = (timed: Timed<T>): void => {
    if (timed.isDone) return
    timed.since = performance.now()
    running.add(timed)
    arm()
  }

  return {
    time(item, slot) {
      const timed: Timed<T> = { item, since: 0, isDone: false }
      let waits = 0
      begin(timed)
      return {
        slot: {
          async lend(wait) {
            waits++
            running.delete(timed)
            try {
              return await slot.lend(wait)
            } finally {
              if (--waits === 0) begin(timed)
            }
          },
        },
        end() {
          timed.isDone = true
          running.delete(timed)
          if (running.size === 0) disarm()
        },
      }
    },
    stop() {
      disarm()
      running.clear()
    },
  }
}
