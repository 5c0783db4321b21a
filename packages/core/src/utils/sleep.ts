/**
 * Resolves after `ms` milliseconds; with a signal, an abort ends the wait early.
 *
 * Node's own `setTimeout` of `node:timers/promises` is not replaced by the fake timers of Vitest and Jest; this one is.
 *
 * @throws the signal's reason when it is aborted, before or during the wait.
 * @example
 * bot.command('later', async ctx => {
 *   await sleep(5_000, ctx.signal)
 *   await ctx.reply('Five seconds have passed.')
 * })
 */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
