import type { Clock } from './clock.ts'

/** Resolves after `delay` milliseconds (with Infinity: never by itself), or when `ends` aborts. */
export function sleep(delay: number, clock: Clock, ends: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      cancel()
      ends.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(delay, done)
    ends.addEventListener('abort', done)
    if (ends.aborted) done()
  })
}
