import { checkOptions } from '../options/check-options.ts'
import { type Rules, rule } from '../options/rules.ts'
import { isThenable } from '../utils/is-thenable.ts'

export interface WorkQueueOptions {
  /** How many run at once. Default 100. */
  readonly concurrency?: number | undefined
  /** How many may wait. Default 1,000. */
  readonly maxWaiting?: number | undefined
  /** How many bytes (characters of the frames) may wait. Default 16 MiB. */
  readonly maxWaitingBytes?: number | undefined
  /** How many may have lent their slot at once. Default 10,000. */
  readonly maxLent?: number | undefined
}

/** The right to run, while others wait for theirs. */
export interface Slot {
  /**
   * Lends the slot to others until `wait` settles, then takes one again, ahead of work that has not begun. For work that
   * waits for its turn or for a person: it would else keep others from running. Of several waits at once the first lends
   * the slot and the last takes it again. Work that has ended has none to lend: it just waits.
   */
  readonly lend: <T>(wait: PromiseLike<T>) => Promise<T>
}

/** A piece of work. What it throws or rejects with is its own business, and must be handled in it. */
export type Work = (slot: Slot) => unknown

export interface WorkQueue {
  /**
   * Runs `work` now if there is room, else later in order of arrival. Work that returns nothing holds no slot.
   *
   * @returns false when too much is waiting already; `work` is then not run.
   */
  readonly push: (work: Work, bytes: number) => boolean
  /** How many may run at once. */
  readonly concurrency: number
  readonly running: number
  readonly waiting: number
  /** How many have begun, and have lent their slot. */
  readonly lent: number
  /** Forgets what has not begun. @returns how much that was. */
  readonly clear: () => number
  /** Resolves when nothing runs, nothing waits and no slot is lent. */
  readonly idle: () => Promise<void>
}

interface OwnSlot extends Slot {
  /** The work has ended: others may run. */
  readonly end: () => void
  /** The same for work that returned nothing; the one who pushed it looks for others. */
  readonly drop: () => void
}

interface Waiting {
  readonly work: Work
  readonly bytes: number
}

/** With NaN, nothing would ever run or be refused. */
export const QUEUE_RULES: Rules<WorkQueueOptions> = {
  concurrency: rule.limit(1),
  maxWaiting: rule.limit(0),
  maxWaitingBytes: rule.limit(0),
  maxLent: rule.limit(0),
}

/** Creates a queue that is bounded by count and by bytes, so that memory stays flat however much comes in. */
export function createWorkQueue(options: WorkQueueOptions = {}): WorkQueue {
  checkOptions<WorkQueueOptions>('createWorkQueue', options, QUEUE_RULES)
  const { concurrency = 100, maxWaiting = 1_000, maxWaitingBytes = 16 * 1024 * 1024, maxLent = 10_000 } = options
  const queue = createFifo<Waiting>()
  /** Those whose wait is over, for a slot of their own. */
  const returning = createFifo<() => void>()
  let idleWaiters: (() => void)[] = []
  let running = 0
  let lent = 0
  let bytes = 0

  const run = (work: Work): void => {
    // Counted before it runs: what it pushes in its turn must find the slot taken.
    running++
    const slot = createSlot()
    let holds = false
    try {
      const result = work(slot)
      holds = isThenable(result)
      if (isThenable(result)) result.then(slot.end, slot.end)
    } finally {
      if (!holds) slot.drop()
    }
  }

  /** The slot of one piece of work: held while it runs, away while at least one wait goes on, gone when it has ended. */
  const createSlot = (): OwnSlot => {
    let waits = 0
    let isAway = false
    let hasEnded = false

    const takeBack = async (): Promise<void> => {
      await acquire()
      // In the meantime it may have ended, waited anew, or been given the slot by a wait that ended at the same time.
      if (hasEnded || waits > 0 || !isAway) return release()
      isAway = false
      lent--
    }
    const end = (): boolean => {
      hasEnded = true
      if (isAway) lent--
      return !isAway
    }

    return {
      async lend(wait) {
        if (hasEnded) return wait
        waits++
        if (!isAway) {
          isAway = true
          lent++
          release()
        }
        try {
          return await wait
        } finally {
          waits--
          if (waits === 0 && !hasEnded) await takeBack()
        }
      },
      end: () => (end() ? release() : wakeIdle()),
      drop() {
        if (end()) running--
      },
    }
  }

  const acquire = (): Promise<void> | undefined => {
    if (running < concurrency) {
      running++
      return undefined
    }
    return new Promise(resolve => returning.push(resolve))
  }

  const release = (): void => {
    running--
    fill()
  }

  const fill = (): void => {
    while (running < concurrency) {
      const resume = returning.shift()
      if (resume) {
        running++
        resume()
        continue
      }
      const next = queue.shift()
      if (!next) break
      bytes -= next.bytes
      run(next.work)
    }
    wakeIdle()
  }

  const isIdle = (): boolean => running === 0 && lent === 0 && queue.size === 0

  const wakeIdle = (): void => {
    if (!isIdle()) return
    const waiters = idleWaiters
    idleWaiters = []
    for (const wake of waiters) wake()
  }

  return {
    push(work, size) {
      if (lent >= maxLent) return false
      if (running < concurrency && queue.size === 0) {
        run(work)
        // Work that held no slot may have pushed more, which then found this one taken.
        fill()
        return true
      }
      if (queue.size >= maxWaiting || bytes + size > maxWaitingBytes) return false
      queue.push({ work, bytes: size })
      bytes += size
      return true
    },
    concurrency,
    get running() {
      return running
    },
    get lent() {
      return lent
    },
    get waiting() {
      return queue.size
    },
    clear() {
      const dropped = queue.size
      queue.clear()
      bytes = 0
      wakeIdle()
      return dropped
    },
    idle: () => (isIdle() ? Promise.resolve() : new Promise(resolve => idleWaiters.push(resolve))),
  }
}

interface Fifo<T> {
  readonly size: number
  readonly push: (item: T) => void
  readonly shift: () => T | undefined
  readonly clear: () => void
}

/** A list that is cheap at both ends: `Array.shift` moves all that is left, each time. */
function createFifo<T>(): Fifo<T> {
  let items: T[] = []
  let head = 0
  return {
    get size() {
      return items.length - head
    },
    push: item => void items.push(item),
    shift() {
      if (head === items.length) return undefined
      const item = items[head++]
      if (head > 256 && head * 2 > items.length) {
        items = items.slice(head)
        head = 0
      }
      return item
    },
    clear() {
      items = []
      head = 0
    },
  }
}
