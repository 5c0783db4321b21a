import { logThrown } from '../log/log-thrown.ts'
import type { Logger } from '../log/logger.ts'
import { harmlessly } from '../utils/harmlessly.ts'

export interface Listeners<T> {
  /** Returns a function that removes the listener. */
  readonly add: (listener: (value: T) => void) => () => void
  readonly emit: (value: T) => void
}

export function createListeners<T>(logger: Logger): Listeners<T> {
  const listeners = new Set<(value: T) => void>()
  const queue: T[] = []
  const report = logThrown(logger, 'A listener')
  return {
    add(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(value) {
      // A listener may cause the next value: all hear of it after this one, so that each hears the same order.
      if (queue.push(value) > 1) return
      for (const next of queue) {
        for (const listener of listeners) harmlessly(() => listener(next), report)
      }
      queue.length = 0
    },
  }
}
