import { sleep } from '../../utils/sleep.ts'
import type { Acquire, Limiter } from './limiter.ts'
import { createLine } from './line.ts'

export interface SharedLimiterOptions {
  /** Limiter of this process, which spreads the calls out, and works alone while the store is away. */
  readonly own: Limiter
  /** Takes one call of all processes together. @returns 0 if it may go, else the milliseconds to wait. */
  readonly take: () => Promise<number>
  readonly maxWaiting: number
  /** The limit in words, for the error message. */
  readonly limit: string
}

/** Creates a rate limiter that several processes share. Only the next call of each process asks the store. */
export function createSharedLimiter({ own, take, maxWaiting, limit }: SharedLimiterOptions): Limiter {
  let serving: AbortController | undefined
  const line = createLine(maxWaiting, limit, () => serving?.abort())

  const serve = async (signal: AbortSignal): Promise<void> => {
    while (line.length > 0) {
      await own.acquire({ priority: 0, signal })
      for (let wait = await take(); wait > 0; wait = await take()) await sleep(wait, signal)
      line.next()
    }
  }
  const begin = (): void => {
    const controller = new AbortController()
    serving = controller
    const end = (): void => {
      serving = undefined
      // Another call may have come since the last one gave up.
      if (line.length > 0) begin()
    }
    // It ends early only if nobody waits any more.
    serve(controller.signal).then(end, end)
  }

  return {
    async acquire(request: Acquire) {
      request.signal?.throwIfAborted()
      const turn = line.wait(request)
      if (line.length > 0 && !serving) begin()
      await turn
    },
    isIdle: () => !serving && own.isIdle(),
  }
}
