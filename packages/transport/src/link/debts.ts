/** The answers that one socket still owes. */
export interface Debts {
  readonly incur: () => void
  readonly settle: () => void
  /** The socket is gone: nothing can be paid any more. */
  readonly forgive: () => void
  /** Resolves when nothing is owed, at the latest after `ms` milliseconds. */
  readonly settled: (ms: number) => Promise<void>
}

export function createDebts(): Debts {
  const creditors = new Set<() => void>()
  let owed = 0
  let forgiven = false

  const release = (): void => {
    for (const creditor of creditors) creditor()
  }

  return {
    incur() {
      owed++
    },
    settle() {
      if (--owed === 0) release()
    },
    forgive() {
      forgiven = true
      release()
    },
    async settled(ms) {
      if (owed === 0 || forgiven) return
      await new Promise<void>(resolve => {
        const done = (): void => {
          clearTimeout(timer)
          creditors.delete(done)
          resolve()
        }
        const timer = setTimeout(done, ms)
        creditors.add(done)
      })
    },
  }
}
