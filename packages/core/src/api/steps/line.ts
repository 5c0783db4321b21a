import { DingTalkError } from '@dingware/transport'
import type { Acquire } from './limiter.ts'

/** Queue of calls that wait for a rate limit. */
export interface Line {
  readonly length: number
  /**
   * Resolves when its turn has come. Rejects with the signal's reason, or with `ERR_THROTTLE_FULL` if too many wait.
   */
  readonly wait: (request: Acquire) => Promise<void>
  /** Lets the next one go: the lowest priority first; among equals, the one that waits longest. */
  readonly next: () => void
}

interface Waiter {
  readonly priority: number
  readonly go: () => void
}

/** @param onEmpty called when the last one has given up */
export function createLine(max: number, limit: string, onEmpty: () => void): Line {
  const waiting: Waiter[] = []
  return {
    get length() {
      return waiting.length
    },
    wait({ priority, signal }) {
      if (waiting.length >= max) {
        const problem = `The call was not made: ${max} others already wait for the rate limit of ${limit}. Send less, or raise the limit if your edition has a higher one.`
        return Promise.reject(new DingTalkError(problem, { code: 'ERR_THROTTLE_FULL' }))
      }
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          priority,
          go() {
            signal?.removeEventListener('abort', onAbort)
            resolve()
          },
        }
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(waiter), 1)
          if (waiting.length === 0) onEmpty()
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        waiting.push(waiter)
      })
    },
    next: () => waiting.splice(indexOfNext(waiting), 1)[0]?.go(),
  }
}

function indexOfNext(waiting: readonly Waiter[]): number {
  let best = 0
  for (const [index, { priority }] of waiting.entries()) {
    if (priority < (waiting[best]?.priority ?? Number.POSITIVE_INFINITY)) best = index
  }
  return best
}
