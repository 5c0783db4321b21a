import { TimeoutError } from '../errors/errors.ts'

/**
 * Runs `work` under a limit of `ms` milliseconds and the caller's signal, and clears both afterwards.
 *
 * Hint: not `AbortSignal.any`, because one long-lived signal under thousands of calls then keeps a trace of each.
 * @throws TimeoutError when the limit passed; the signal's reason when it aborted.
 */
export async function withDeadline<T>(
  what: string,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const onAbort = (): void => controller.abort(signal?.reason)
  const timer = setTimeout(() => {
    controller.abort(
      new TimeoutError(`${what} was given up after ${ms} ms without an answer.`, { code: 'ERR_TIMEOUT' }),
    )
  }, ms)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await work(controller.signal)
  } catch (error) {
    // Libraries wrap the reason in errors of their own; the reason itself is what callers look for.
    throw controller.signal.aborted ? controller.signal.reason : error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}
