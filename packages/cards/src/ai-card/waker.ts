/** Lets one loop wait until there is something to do. */
export interface Waker {
  /** Resolves when it is woken, or after `ms`. @param urgentOnly sleeps on where that is not urgent. */
  readonly wait: (ms: number, urgentOnly?: boolean) => Promise<'woken' | 'timeout'>
  readonly wake: (isUrgent?: boolean) => void
}

export function createWaker(): Waker {
  let waiting: { readonly urgentOnly: boolean; readonly end: (how: 'woken' | 'timeout') => void } | undefined
  return {
    wait: (ms, urgentOnly = false) =>
      new Promise(resolve => {
        const timer = setTimeout(() => end('timeout'), ms)
        const end = (how: 'woken' | 'timeout'): void => {
          clearTimeout(timer)
          waiting = undefined
          resolve(how)
        }
        waiting = { urgentOnly, end }
      }),
    wake(isUrgent = false) {
      if (waiting && (isUrgent || !waiting.urgentOnly)) waiting.end('woken')
    },
  }
}
