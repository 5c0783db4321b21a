import { logThrown } from '../log/log-thrown.ts'
import type { Logger } from '../log/logger.ts'
import { harmlessly } from '../utils/harmlessly.ts'

/** Functions of the user that are told of something, each time it happens. */
export interface Listeners<T> {
  /** Adds a listener. Returns a function that removes it. */
  readonly add: (listener: (value: T) => void) => () => void
  readonly emit: (value: T) => void
}

/** Creates an empty list. A listener that throws is logged, and keeps nothing from the others. */
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
