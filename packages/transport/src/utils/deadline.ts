import { setMaxListeners } from 'node:events'
import { TimeoutError } from '../errors/errors.ts'
import { createDeferred } from './deferred.ts'

/**
 * Runs `work` under a limit of `ms` milliseconds and the caller's signal, and clears both afterwards.
 *
 * Hint: it ends in time even if `work` is deaf to its signal, as undici is while it connects.
 * @throws TimeoutError when the limit passed; the signal's reason when it aborted.
 */
export async function withDeadline<T>(
  what: string,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  // Many calls may share one signal. Each takes its listener away again, so Node's warning of a leak would be mistaken.
  if (signal) setMaxListeners(0, signal)
  // Not `AbortSignal.any`: one long-lived signal under thousands of calls then keeps a trace of each.
  const controller = new AbortController()
  const gaveUp = createDeferred<never>()
  const giveUp = (reason: unknown): void => {
    // First, because libraries wrap the reason in errors of their own; the reason itself is what callers look for.
    gaveUp.reject(reason)
    controller.abort(reason)
  }
  const onAbort = (): void => giveUp(signal?.reason)
  const timer = setTimeout(() => {
    giveUp(new TimeoutError(`${what} was given up after ${ms} ms without an answer.`, { code: 'ERR_TIMEOUT' }))
  }, ms)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([gaveUp.promise, work(controller.signal)])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}
