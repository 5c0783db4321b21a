import { type Acquire, createPriorityQueue } from './priority-queue.ts'

export interface LimiterOptions {
  /** Calls in any second. */
  readonly perSecond: number
  /** How many of them may go at once. */
  readonly burst: number
  /** How many may wait. */
  readonly maxWaiting: number
}

export interface Limiter {
  /** Resolves when the call may go. Rejects with the signal's reason, or when too many wait. */
  readonly acquire: (request: Acquire) => Promise<void>
  /** Nothing waits, and nothing is remembered. */
  readonly isIdle: () => boolean
}

/**
 * Creates a limiter. A bucket of `burst` that fills by `perSecond − burst` a second lets through at most `perSecond`
 * calls in any second, wherever one begins to count.
 */
export function createLimiter({ perSecond, burst, maxWaiting }: LimiterOptions): Limiter {
  const capacity = Math.max(1, Math.min(burst, perSecond - 1))
  const rate = Math.max(perSecond - capacity, perSecond / 2) / 1_000
  let tokens = capacity
  let filledAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  const queue = createPriorityQueue(maxWaiting, `${perSecond} a second`, () => {
    clearTimeout(timer)
    timer = undefined
  })

  const fill = (): void => {
    const now = performance.now()
    // No time at all times a rate without limit would be no number.
    if (now === filledAt) return
    tokens = Math.min(capacity, tokens + (now - filledAt) * rate)
    filledAt = now
  }
  const serve = (): void => {
    timer = undefined
    fill()
    while (tokens >= 1 && queue.length > 0) {
      tokens--
      queue.next()
    }
    if (queue.length > 0) timer = setTimeout(serve, Math.ceil((1 - tokens) / rate))
  }

  return {
    async acquire(request) {
      request.signal?.throwIfAborted()
      fill()
      if (queue.length === 0 && tokens >= 1) {
        tokens--
        return
      }
      const turn = queue.wait(request)
      if (queue.length > 0) timer ??= setTimeout(serve, Math.ceil((1 - tokens) / rate))
      await turn
    },
    isIdle() {
      fill()
      return queue.length === 0 && tokens >= capacity
    },
  }
}
