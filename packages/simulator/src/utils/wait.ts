import type { Bus } from './bus.ts'

/** Options of everything that waits. Waits are in real time, whatever the clock of the simulator. */
export interface WaitOptions {
  /** Milliseconds until it rejects, 5,000 by default. */
  readonly timeout?: number
  /** Ends the wait: it rejects with the reason of the signal. */
  readonly signal?: AbortSignal
}

export interface Waiter {
  /**
   * Resolves with the first value other than `undefined` and `false` that `look` gives: it is asked now, after each
   * event, and every few milliseconds, since it may ask about what the simulator does not see. Rejects with what `complain` says when the time is up, and when `signal` or the simulator ends the wait.
   */
  until<T>(look: () => T | undefined | false, complain: () => string, options?: WaitOptions): Promise<T>
}

/** Milliseconds. */
const LOOK_EVERY = 10

/** Waits are in real time: they belong to the test, not to the simulated platform. */
export function createWaiter(bus: Bus<unknown>, closed: AbortSignal): Waiter {
  return {
    until(look, complain, { timeout = 5_000, signal } = {}) {
      return new Promise((resolve, reject) => {
        const ends = signal ? AbortSignal.any([signal, closed]) : closed
        const finish = () => {
          off()
          clearTimeout(timer)
          clearInterval(looking)
          ends.removeEventListener('abort', onAbort)
        }
        const fail = (error: unknown) => {
          finish()
          reject(error)
        }
        const check = () => {
          try {
            const found = look()
            if (found === undefined || found === false) return
            finish()
            resolve(found)
          } catch (error) {
            fail(error)
          }
        }
        const onAbort = () => fail(ends.reason)
        const off = bus.on(check)
        const looking = setInterval(check, LOOK_EVERY)
        const timer = setTimeout(() => fail(new Error(`${complain()} (waited ${timeout} ms)`)), timeout)
        ends.addEventListener('abort', onAbort)
        if (ends.aborted) onAbort()
        else check()
      })
    },
  }
}
