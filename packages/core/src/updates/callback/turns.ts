import { createDeferred } from '@dingware/transport'

/** Mutex by key. */
export interface Turns {
  /**
   * Resolves when the key is free, and holds it until the returned object is disposed of. Rejects if the signal aborts
   * before.
   */
  readonly take: (key: string, signal?: AbortSignal) => Promise<Disposable>
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>()
  return {
    async take(key, signal) {
      const before = last.get(key)
      const turn = createDeferred()
      // If a waiter gives up, those behind it still wait for those before it.
      const whole = Promise.all([before, turn.promise]).then(() => {
        if (last.get(key) === whole) last.delete(key)
      })
      last.set(key, whole)
      try {
        await orAborted(before, signal)
      } catch (error) {
        turn.resolve()
        throw error
      }
      return { [Symbol.dispose]: () => turn.resolve() }
    },
  }
}

/** Waits for a promise that never rejects. @throws the signal's reason. */
async function orAborted(wait: Promise<void> | undefined, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  if (!wait || !signal) return wait
  const aborted = createDeferred()
  const onAbort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([wait, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
