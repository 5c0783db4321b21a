import { checkOptions } from '../options/check-options.ts'
import { type Rules, rule } from '../options/rules.ts'
import { isThenable } from '../utils/is-thenable.ts'
import { createBacklog } from './backlog.ts'
import { type HeldSlot, type Slot, Slots } from './slots.ts'

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
export interface WorkQueue<T = Work> {
  /**
   * Runs `work` now if there is room, else later in order of arrival; `bytes` is its share of `maxWaitingBytes`. Work
   * that returns nothing holds no slot.
   *
   * @returns false when too much is waiting already; `work` is then not run.
   */
  readonly push: (work: T, bytes: number) => boolean
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
  /** Forgets all work that has not begun, and returns it. */
  readonly takeWaiting: () => readonly T[]
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
  return createItemQueue(options, { run: (work, slot) => work(slot) })
}

/**
 * How items are run: by a function that is given one and its slot, as {@link Work} is; within `push`, or in a microtask
 * behind it, so that what the caller of `push` does next comes before.
 */
export interface ItemRunner<T> {
  readonly run: (item: T, slot: Slot) => unknown
  /** Runs in a microtask; what it throws then only frees the slot. Default false. */
  readonly isDeferred?: boolean
}

/**
 * Creates a queue like {@link createWorkQueue} whose work is described by items, so that it need not make a function for
 * each.
 *
 * @throws TypeError for options that are no numbers.
 * @example
 * const queue = createItemQueue<StreamFrame>({ concurrency: 10 }, { run: frame => handle(frame) })
 * if (!queue.push(frame, frame.size)) frame.refuse()
 */
export function createItemQueue<T>(
  options: WorkQueueOptions,
  { run, isDeferred = false }: ItemRunner<T>,
): WorkQueue<T> {
  checkOptions<WorkQueueOptions>('createWorkQueue', options, QUEUE_RULES)
  const { concurrency = 100, maxWaiting = 1_000, maxWaitingBytes = 16 * 1024 * 1024, maxLent = 10_000 } = options
  const backlog = createBacklog<T>(maxWaiting, maxWaitingBytes)
  const slots = new Slots(concurrency, () => fill())
  const idleWaiters: (() => void)[] = []

  const runNow = (item: T, slot: HeldSlot): void => {
    let holds = false
    try {
      const result = run(item, slot)
      holds = isThenable(result)
      if (isThenable(result)) {
        const end = (): void => slot.end()
        result.then(end, end)
      }
    } finally {
      if (!holds) slot.drop()
    }
  }
  const begin = isDeferred ? deferred(runNow, () => fill()) : runNow
  const fill = (): void => {
    while (slots.isFree) {
      if (slots.resume()) continue
      const next = backlog.shift()
      if (!next) break
      // Its slot is taken before: what the item pushes in its turn must find it taken.
      begin(next.item, slots.take())
    }
    if (idleWaiters.length > 0 && isIdle()) for (const wake of idleWaiters.splice(0)) wake()
  }
  const isIdle = (): boolean => slots.running === 0 && slots.lent === 0 && backlog.size === 0
  const takeWaiting = (): readonly T[] => {
    const dropped = backlog.clear()
    fill()
    return dropped
  }

  return {
    push(item, bytes) {
      if (slots.lent >= maxLent) return false
      if (!slots.isFree || backlog.size > 0) return backlog.push(item, bytes)
      begin(item, slots.take())
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
    clear: () => takeWaiting().length,
    takeWaiting,
    idle: () => (isIdle() ? Promise.resolve() : new Promise(resolve => idleWaiters.push(resolve))),
  }
}

const NOW = Promise.resolve()

/**
 * Puts off each call to a microtask of its own, so that none sees what others have entered of an AsyncLocalStorage.
 * `after` is called behind each.
 */
function deferred<T>(call: (item: T, slot: HeldSlot) => void, after: () => void): (item: T, slot: HeldSlot) => void {
  return (item, slot) => {
    // What it throws has freed its slot, as a rejection does.
    void NOW.then(() => call(item, slot)).then(after, after)
  }
}
