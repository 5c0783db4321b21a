/** Count of the answers that one socket still owes: frames handed out, and neither answered nor left. */
export interface PendingAnswers {
  /** Notes that a frame was handed out. */
  readonly add: () => void
  /** Notes that one of them was answered, or never will be. */
  readonly settle: () => void
  /** Gives all of them up, because the socket is gone and none can be sent any more. */
  readonly abandon: () => void
  /** Resolves when none is pending, at the latest after `ms` milliseconds. */
  readonly settled: (ms: number) => Promise<void>
}

/** Creates the count for one socket. */
export function createPendingAnswers(): PendingAnswers {
  const waiters = new Set<() => void>()
  let pending = 0
  let abandoned = false

  const release = (): void => {
    for (const waiter of waiters) waiter()
  }

  return {
    add() {
      pending++
    },
    settle() {
      if (--pending === 0) release()
    },
    abandon() {
      abandoned = true
      release()
    },
    async settled(ms) {
      if (pending === 0 || abandoned) return
      await new Promise<void>(resolve => {
        const done = (): void => {
          clearTimeout(timer)
          waiters.delete(done)
          resolve()
        }
        const timer = setTimeout(done, ms)
        waiters.add(done)
      })
    },
  }
}
