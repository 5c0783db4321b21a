import { LONGEST_TIMER } from '../utils/longest-timer.ts'

/** Waits that can be cut short, all at once. */
export interface Naps {
  /** Resolves after `ms` milliseconds, at `wake()`, or when the signal aborts. */
  readonly wait: (ms: number) => Promise<void>
  readonly wake: () => void
}

export function createNaps(signal: AbortSignal): Naps {
  const sleepers = new Set<() => void>()
  const wake = (): void => {
    for (const rouse of sleepers) rouse()
  }
  signal.addEventListener('abort', wake, { once: true })
  return {
    wake,
    async wait(ms) {
      if (signal.aborted || ms <= 0) return
      await new Promise<void>(resolve => {
        const rouse = (): void => {
          clearTimeout(timer)
          sleepers.delete(rouse)
          resolve()
        }
        const timer = setTimeout(rouse, Math.min(ms, LONGEST_TIMER))
        sleepers.add(rouse)
      })
    },
  }
}
