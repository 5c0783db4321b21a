import { createLine } from './line.ts'

export interface LimiterOptions {
  /** Maximum number of calls in any second. */
  readonly perSecond: number
  /** Number of calls that may go at the same time. */
  readonly burst: number
  /** Maximum number of waiting calls. */
  readonly maxWaiting: number
}

export interface Acquire {
  /** Lower goes first; among equals, the one that waits longest. */
  readonly priority: number
  readonly signal?: AbortSignal | undefined
}

export interface Limiter {
  /** Resolves when the call may go. Rejects with the signal's reason, or with `ERR_THROTTLE_FULL` if too many wait. */
  readonly acquire: (request: Acquire) => Promise<void>
  /** True if nothing waits and no recent call counts any more. */
  readonly isIdle: () => boolean
}

/**
 * Creates a rate limiter: a token bucket of size `burst` that refills at `perSecond − burst` a second, and so lets at
 * most `perSecond` calls through in any second, wherever one starts to count.
 */
export function createLimiter({ perSecond, burst, maxWaiting }: LimiterOptions): Limiter {
  const capacity = Math.max(1, Math.min(burst, perSecond - 1))
  const rate = Math.max(perSecond - capacity, perSecond / 2) / 1_000
  let tokens = capacity
  let filledAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  const line = createLine(maxWaiting, `${perSecond} a second`, () => {
    clearTimeout(timer)
    timer = undefined
  })

  const fill = (): void => {
    const now = performance.now()
    // With an infinite rate, no time at all would yield NaN.
    if (now === filledAt) return
    tokens = Math.min(capacity, tokens + (now - filledAt) * rate)
    filledAt = now
  }
  const serve = (): void => {
    timer = undefined
    fill()
    while (tokens >= 1 && line.length > 0) {
      tokens--
      line.next()
    }
    if (line.length > 0) timer = setTimeout(serve, Math.ceil((1 - tokens) / rate))
  }

  return {
    async acquire(request) {
      request.signal?.throwIfAborted()
      fill()
      if (line.length === 0 && tokens >= 1) {
        tokens--
        return
      }
      const turn = line.wait(request)
      if (line.length > 0) timer ??= setTimeout(serve, Math.ceil((1 - tokens) / rate))
      await turn
    },
    isIdle() {
      fill()
      return line.length === 0 && tokens >= capacity
    },
  }
}
