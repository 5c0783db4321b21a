import { DingTalkError } from '@dingware/transport'

export interface LimiterOptions {
  /** Calls in any second. */
  readonly perSecond: number
  /** How many of them may go at once. */
  readonly burst: number
  /** How many may wait. */
  readonly maxWaiting: number
}

export interface Acquire {
  /** Lower goes first; among equals, the longest wait. */
  readonly priority: number
  readonly signal?: AbortSignal | undefined
}

export interface Limiter {
  /** Resolves when the call may go. Rejects with the signal's reason, or when too many wait. */
  readonly acquire: (request: Acquire) => Promise<void>
  /** Nothing waits, and nothing is remembered. */
  readonly isIdle: () => boolean
}

interface Waiter {
  readonly priority: number
  readonly go: () => void
}

/**
 * Creates a limiter. A bucket of `burst` that fills by `perSecond − burst` a second lets through at most `perSecond`
 * calls in any second, wherever one begins to count.
 */
export function createLimiter({ perSecond, burst, maxWaiting }: LimiterOptions): Limiter {
  const capacity = Math.max(1, Math.min(burst, perSecond - 1))
  const rate = Math.max(perSecond - capacity, perSecond / 2) / 1_000
  const waiting: Waiter[] = []
  let tokens = capacity
  let filledAt = performance.now()
  let timer: NodeJS.Timeout | undefined

  const fill = (): void => {
    const now = performance.now()
    tokens = Math.min(capacity, tokens + (now - filledAt) * rate)
    filledAt = now
  }
  const serve = (): void => {
    timer = undefined
    fill()
    while (tokens >= 1 && waiting.length > 0) {
      tokens--
      waiting.splice(indexOfNext(waiting), 1)[0]?.go()
    }
    if (waiting.length > 0) timer = setTimeout(serve, Math.ceil((1 - tokens) / rate))
  }

  const wait = ({ priority, signal }: Acquire): Promise<void> =>
    new Promise((resolve, reject) => {
      const waiter: Waiter = {
        priority,
        go() {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      const onAbort = (): void => {
        waiting.splice(waiting.indexOf(waiter), 1)
        if (waiting.length === 0) {
          clearTimeout(timer)
          timer = undefined
        }
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      waiting.push(waiter)
      timer ??= setTimeout(serve, Math.ceil((1 - tokens) / rate))
    })

  return {
    async acquire(request) {
      request.signal?.throwIfAborted()
      fill()
      if (waiting.length === 0 && tokens >= 1) {
        tokens--
        return
      }
      if (waiting.length >= maxWaiting) {
        const problem = `The call was not made: ${maxWaiting} others already wait for the rate limit of ${perSecond} a second. Send less, or raise the limit if your edition has a higher one.`
        throw new DingTalkError(problem, { code: 'ERR_THROTTLE_FULL' })
      }
      await wait(request)
    },
    isIdle() {
      fill()
      return waiting.length === 0 && tokens >= capacity
    },
  }
}

function indexOfNext(waiting: readonly Waiter[]): number {
  let best = 0
  for (const [index, { priority }] of waiting.entries()) {
    if (priority < (waiting[best]?.priority ?? Number.POSITIVE_INFINITY)) best = index
  }
  return best
}
