/** Faults that wait for their occasion, first come, first struck. */
export interface Armed<F> {
  /** Strikes the next `times` occasions. */
  arm(fault: F, times?: number): void
  /** The fault of this occasion; undefined for none. */
  take(): F | undefined
  clear(): void
}

export function createArmed<F>(): Armed<F> {
  let queue: { readonly fault: F; left: number }[] = []
  return {
    arm(fault, times = 1) {
      if (times > 0) queue.push({ fault, left: times })
    },
    take() {
      const [first] = queue
      if (!first) return undefined
      first.left -= 1
      if (first.left <= 0) queue.shift()
      return first.fault
    },
    clear() {
      queue = []
    },
  }
}
