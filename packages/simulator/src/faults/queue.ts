import type { ArmedFault } from './rules.ts'

/** A queue of armed faults: the one that was armed first strikes first. */
export interface FaultQueue<F> {
  /** Strikes the next `times` occasions. */
  arm(fault: F, times?: number): void
  /** The fault of this occasion; undefined for none. */
  take(): F | undefined
  disarm(id: number): void
  /** The armed faults, in the order in which they strike. */
  list(): readonly ArmedFault<F>[]
  clear(): void
}

export function createFaultQueue<F>(): FaultQueue<F> {
  let queue: { readonly id: number; readonly fault: F; left: number; struck: number }[] = []
  let armed = 0
  return {
    arm(fault, times = 1) {
      armed += 1
      if (times > 0) queue.push({ id: armed, fault, left: times, struck: 0 })
    },
    take() {
      const [first] = queue
      if (!first) return undefined
      first.left -= 1
      first.struck += 1
      if (first.left <= 0) queue.shift()
      return first.fault
    },
    disarm(id) {
      queue = queue.filter(it => it.id !== id)
    },
    list: () => queue.map(entry => ({ ...entry })),
    clear() {
      queue = []
    },
  }
}
