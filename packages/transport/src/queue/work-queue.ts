import { checkOptions } from '../options/check-options.ts'
import { type Rules, rule } from '../options/rules.ts'
import { isThenable } from '../utils/is-thenable.ts'
import { createBacklog } from './backlog.ts'
import { createSlots, type HeldSlot, type Slot } from './slots.ts'

/** Bounds of a {@link WorkQueue}. `Infinity` means no bound. */
export interface WorkQueueOptions {
  /** Pieces of work that run at once. Default 100. */
  readonly concurrency?: number | undefined
  /** Pieces of work that may wait. Default 1,000. */
  readonly maxWaiting?: number | undefined
  /** Bytes of them (characters, for frames) that may wait. Default 16 MiB. */
  readonly maxWaitingBytes?: number | undefined
  /** Pieces of work that may have lent their slot at once. Default 10,000. */
  readonly maxLent?: number | undefined
}

/**
 * Piece of work: a function that returns a promise while it runs, and is given the slot in which it does.
 *
 * Hint: it has to handle its own failures. A rejection only frees the slot; an error thrown at once reaches the caller
 * of `push` or, where the work had to wait, code that knows nothing of it.
 */
export type Work = (slot: Slot) => unknown

/** Queue that runs so many pieces of work at once and lets a bounded number wait. */
export interface WorkQueue {
  /**
   * Runs `work` now if there is room, else later in order of arrival; `bytes` is its share of `maxWaitingBytes`. Work
   * that returns nothing holds no slot.
   *
   * @returns false when too much is waiting already; `work` is then not run.
   */
  readonly push: (work: Work, bytes: number) => boolean
  /** Pieces of work that may run at once. */
  readonly concurrency: number
  /** Pieces of work that run now. */
  readonly running: number
  /** Pieces of work that have not begun. */
  readonly waiting: number
  /** Pieces of work that have begun and have lent their slot. */
  readonly lent: number
  /** Forgets all work that has not begun. Returns how much that was. */
  readonly clear: () => number
  /** Resolves when nothing runs, nothing waits and no slot is lent. */
  readonly idle: () => Promise<void>
}

/**
 * Rules for {@link WorkQueueOptions}, for a factory that passes those on. (With NaN, nothing would ever run or be
 * refused.)
 *
 * @example
 * checkOptions<QuizOptions>('quiz', options, { ...QUEUE_RULES, rounds: rule.count(1) })
 */
export const QUEUE_RULES: Rules<WorkQueueOptions> = {
  concurrency: rule.limit(1),
  maxWaiting: rule.limit(0),
  maxWaitingBytes: rule.limit(0),
  maxLent: rule.limit(0),
}

/**
 * Creates a queue that is bounded by count and by bytes, so that memory stays flat however much comes in.
 *
 * @throws TypeError for options that are no numbers.
 * @example
 * const queue = createWorkQueue({ concurrency: 10, maxWaiting: 100 })
 * const accepted = queue.push(() => handle(frame), frame.size)
 * if (!accepted) frame.refuse()
 */
export function createWorkQueue(options: WorkQueueOptions = {}): WorkQueue {
  checkOptions<WorkQueueOptions>('createWorkQueue', options, QUEUE_RULES)
  const { concurrency = 100, maxWaiting = 1_000, maxWaitingBytes = 16 * 1024 * 1024, maxLent = 10_000 } = options
  const backlog = createBacklog<Work>(maxWaiting, maxWaitingBytes)
  const slots = createSlots(concurrency, () => fill())
  const idleWaiters: (() => void)[] = []

  const fill = (): void => {
    while (slots.isFree) {
      if (slots.resume()) continue
      const next = backlog.shift()
      if (!next) break
      run(next.item, slots.take())
    }
    wakeIdle()
  }
  const isIdle = (): boolean => slots.running === 0 && slots.lent === 0 && backlog.size === 0
  const wakeIdle = (): void => {
    if (isIdle()) for (const wake of idleWaiters.splice(0)) wake()
  }

  return {
    push(work, bytes) {
      if (slots.lent >= maxLent) return false
      if (!slots.isFree || backlog.size > 0) return backlog.push(work, bytes)
      run(work, slots.take())
      // Work that held no slot may have pushed more, which then found this one taken.
      fill()
      return true
    },
    concurrency,
    get running() {
      return slots.running
    },
    get lent() {
      return slots.lent
    },
    get waiting() {
      return backlog.size
    },
    clear() {
      const dropped = backlog.clear()
      wakeIdle()
      return dropped
    },
    idle: () => (isIdle() ? Promise.resolve() : new Promise(resolve => idleWaiters.push(resolve))),
  }
}

/** Runs a piece of work in its slot, which was taken before: what the work pushes in its turn must find it taken. */
function run(work: Work, slot: HeldSlot): void {
  let holds = false
  try {
    const result = work(slot)
    holds = isThenable(result)
    if (isThenable(result)) result.then(slot.end, slot.end)
  } finally {
    if (!holds) slot.drop()
  }
}
