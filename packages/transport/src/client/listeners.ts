import type { Logger } from '../log/logger.ts'
import { redact } from '../redact/redact.ts'

/**
 * Calls code of the user, which may be an async function although its type says otherwise. What it throws or rejects
 * with is logged and told to `onError`; it harms neither the socket nor the process.
 */
export function guard(logger: Logger, what: string, call: () => unknown, onError = (): void => {}): void {
  const report = (error: unknown): void => {
    logger.error(`${what} threw.`, { error: redact(error instanceof Error ? error.message : String(error)) })
    onError()
  }
  try {
    const result = call()
    if (result instanceof Promise) result.catch(report)
  } catch (error) {
    report(error)
  }
}

export interface Listeners<T> {
  /** Returns a function that removes the listener. */
  readonly add: (listener: (value: T) => void) => () => void
  readonly emit: (value: T) => void
}

export function createListeners<T>(logger: Logger): Listeners<T> {
  const listeners = new Set<(value: T) => void>()
  const queue: T[] = []
  return {
    add(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(value) {
      // A listener may cause the next value: all hear of it after this one, so that each hears the same order.
      if (queue.push(value) > 1) return
      for (const next of queue) {
        for (const listener of listeners) guard(logger, 'A listener', () => listener(next))
      }
      queue.length = 0
    },
  }
}
