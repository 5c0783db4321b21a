import type { Slot } from '@dingware/transport'

/** Detects slow handlers. */
export interface Stopwatch<T> {
  /** Starts to measure a handler. It has to run in the slot that is returned. */
  readonly time: (item: T, slot: Slot) => Timed
  /** Stops all measurements. */
  readonly stop: () => void
}

/** Slot of a handler that is measured; time in which it is lent does not count. */
export interface Timed extends Slot {
  /** Watches the handler from now on, as it has not ended at once. */
  watch(): void
  /** Tells that it has ended. */
  end(): void
}

/**
 * @param after milliseconds; 0 or `false` turns it off. Default 60,000.
 * @param onSlow called once for each handler that has run for so long
 */
export function createStopwatch<T>(
  after: number | false = 60_000,
  onSlow: (item: T, after: number) => void,
): Stopwatch<T> {
  if (!after) return { time: (_item, slot) => ({ lend: wait => slot.lend(wait), watch() {}, end() {} }), stop() {} }
  /** Handlers that occupy their slot, ordered by start: one timer, for the first of them, is enough. */
  const running: Board<T>['running'] = new Set()
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

  return {
    time: (item, slot) => new TimedSlot(item, slot, { running, arm, disarm }),
    stop() {
      disarm()
      running.clear()
    },
  }
}

interface Board<T> {
  /** Handlers that are watched, and occupy their slot. */
  readonly running: Set<TimedSlot<T>>
  readonly arm: () => void
  readonly disarm: () => void
}

class TimedSlot<T> implements Timed {
  readonly item: T
  since: number = performance.now()
  /** True if it has ended, or was reported. */
  isDone = false
  readonly #slot: Slot
  readonly #board: Board<T>
  #waits = 0

  constructor(item: T, slot: Slot, board: Board<T>) {
    this.item = item
    this.#slot = slot
    this.#board = board
  }

  watch(): void {
    if (this.isDone || this.#waits > 0) return
    this.#board.running.add(this)
    this.#board.arm()
  }

  async lend<W>(wait: PromiseLike<W>): Promise<W> {
    this.#waits++
    this.#board.running.delete(this)
    try {
      return await this.#slot.lend(wait)
    } finally {
      if (--this.#waits === 0) {
        this.since = performance.now()
        this.watch()
      }
    }
  }

  end(): void {
    this.isDone = true
    const { running, disarm } = this.#board
    if (running.delete(this) && running.size === 0) disarm()
  }
}
