/** Wakes the one that waits. */
export interface Bell {
  /** Resolves at the next ring, or after `ms`. @param urgentOnly ignores rings that are not urgent. */
  readonly wait: (ms: number, urgentOnly?: boolean) => Promise<'rung' | 'over'>
  readonly ring: (isUrgent?: boolean) => void
}

export function createBell(): Bell {
  let waiting: { readonly urgentOnly: boolean; readonly wake: (how: 'rung' | 'over') => void } | undefined
  return {
    wait: (ms, urgentOnly = false) =>
      new Promise(resolve => {
        const timer = setTimeout(() => wake('over'), ms)
        const wake = (how: 'rung' | 'over'): void => {
          clearTimeout(timer)
          waiting = undefined
          resolve(how)
        }
        waiting = { urgentOnly, wake }
      }),
    ring(isUrgent = false) {
      if (waiting && (isUrgent || !waiting.urgentOnly)) waiting.wake('rung')
    },
  }
}
