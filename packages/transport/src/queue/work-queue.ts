export interface WorkQueueOptions {
  /** How many run at once. Default 100. */
  readonly concurrency?: number | undefined
  /** How many may wait. Default 1,000. */
  readonly maxWaiting?: number | undefined
  /** How many bytes (characters of the frames) may wait. Default 16 MiB. */
  readonly maxWaitingBytes?: number | undefined
}

export interface WorkQueue {
  /**
   * Runs `work` now if there is room, else later in order of arrival. Work that returns nothing holds no slot; what it
   * throws or rejects with is the caller's business and must be handled in it.
   *
   * @returns false when too much is waiting already; `work` is then not run.
   */
  readonly push: (work: () => unknown, bytes: number) => boolean
  readonly running: number
  readonly waiting: number
  /** Forgets what waits. */
  readonly clear: () => void
  /** Resolves when nothing runs and nothing waits. */
  readonly idle: () => Promise<void>
}

interface Waiting {
  readonly work: () => unknown
  readonly bytes: number
}

/** Creates a queue that is bounded by count and by bytes, so that memory stays flat however much comes in. */
export function createWorkQueue(options: WorkQueueOptions = {}): WorkQueue {
  const { concurrency = 100, maxWaiting = 1_000, maxWaitingBytes = 16 * 1024 * 1024 } = options
  let queue: Waiting[] = []
  let head = 0
  let running = 0
  let bytes = 0
  let idleWaiters: (() => void)[] = []

  const waiting = (): number => queue.length - head

  const run = (work: () => unknown): void => {
    const result = work()
    if (!isThenable(result)) return
    running++
    result.then(release, release)
  }

  const release = (): void => {
    running--
    while (running < concurrency && waiting() > 0) run(take().work)
    if (running === 0 && waiting() === 0) wakeIdle()
  }

  const take = (): Waiting => {
    const next = queue[head++]
    if (next === undefined) throw new Error('take() from an empty queue')
    bytes -= next.bytes
    // Shifting an array of a thousand for each item is quadratic; cut off what was taken now and then instead.
    if (head > 256 && head * 2 > queue.length) {
      queue = queue.slice(head)
      head = 0
    }
    return next
  }

  const wakeIdle = (): void => {
    const waiters = idleWaiters
    idleWaiters = []
    for (const wake of waiters) wake()
  }

  return {
    push(work, size) {
      if (running < concurrency && waiting() === 0) {
        run(work)
        return true
      }
      if (waiting() >= maxWaiting || bytes + size > maxWaitingBytes) return false
      queue.push({ work, bytes: size })
      bytes += size
      return true
    },
    get running() {
      return running
    },
    get waiting() {
      return waiting()
    },
    clear() {
      queue = []
      head = 0
      bytes = 0
      if (running === 0) wakeIdle()
    },
    idle: () =>
      running === 0 && waiting() === 0 ? Promise.resolve() : new Promise(resolve => idleWaiters.push(resolve)),
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
