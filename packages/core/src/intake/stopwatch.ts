import type { Slot } from '@dingware/transport'

/** Finds handlers that run for long. */
export interface Stopwatch<T> {
  /**
   * Begins to time what runs on a slot, and stops while the slot is lent.
   * @returns the slot to run on instead, and what to call at the end.
   */
  readonly time: (item: T, slot: Slot) => { readonly slot: Slot; readonly end: () => void }
  /** Forgets all that is timed. */
  readonly stop: () => void
}

interface Timed<T> {
  readonly item: T
  since: number
  /** It has ended, or was told of. */
  isDone: boolean
}

/**
 * @param after milliseconds; 0 or `false`: never. Default 60,000.
 * @param onSlow told once of each that has run for so long.
 */
export function createStopwatch<T>(
  after: number | false = 60_000,
  onSlow: (item: T, after: number) => void,
): Stopwatch<T> {
  if (!after) return { time: (_item, slot) => ({ slot, end() {} }), stop() {} }
  /** Those that hold their slot, in the order in which they took it: one timer, for the first, is enough for all. */
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
