import { LONGEST_TIMER } from '../utils/longest-timer.ts'

/** Waits that can be cut short, all at once. */
export interface Waits {
  /** Resolves after `ms` milliseconds, at `interrupt()`, or when the signal aborts. */
  readonly wait: (ms: number) => Promise<void>
  /** Ends the waits of this moment. */
  readonly interrupt: () => void
}

/** Creates waits that end for good when the signal aborts: later ones do not begin. */
export function createWaits(signal: AbortSignal): Waits {
  const pending = new Set<() => void>()
  const interrupt = (): void => {
    for (const end of pending) end()
  }
  signal.addEventListener('abort', interrupt, { once: true })
  return {
    interrupt,
    async wait(ms) {
      if (signal.aborted || ms <= 0) return
      await new Promise<void>(resolve => {
        const end = (): void => {
          clearTimeout(timer)
          pending.delete(end)
          resolve()
        }
        const timer = setTimeout(end, Math.min(ms, LONGEST_TIMER))
        pending.add(end)
      })
    },
  }
}
