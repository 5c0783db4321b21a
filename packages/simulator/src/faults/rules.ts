/** The number of times that a fault strikes, or its probability. */
export interface Strikes {
  /** The number of strikes: 1 by default, no end when there is a `probability`. */
  readonly times?: number
  /** The chance from 0 to 1 that it strikes a request or push that it matches; always by default. The option `seed` makes
   * the sequence of strikes repeatable. */
  readonly probability?: number
}

/**
 * A fault that was armed.
 *
 * @example
 * const slow = sim.faults.api({ delay: 3_000, probability: 0.1 })
 * slow.disarm()
 */
export interface Arming {
  /** The number of times that it has struck so far. */
  readonly struck: number
  /** Ends it: it strikes no more. */
  disarm(): void
}

/** Armed faults that strike only what they match; of several, the one that was armed first. */
export interface Rules<F extends Strikes> {
  arm(fault: F): Arming
  disarm(id: number): void
  /** The fault of this occasion; undefined for none. */
  take(fits: (fault: F) => boolean): F | undefined
  /** The armed faults that have strikes left. */
  list(): readonly ArmedFault<F>[]
  clear(): void
}

/** A fault that waits for its occasion. */
export interface ArmedFault<F> {
  /** Unlike that of any other that was armed here. */
  readonly id: number
  readonly fault: F
  /** The number of strikes that are left. */
  readonly left: number
  readonly struck: number
}

export function createRules<F extends Strikes>(random: () => number): Rules<F> {
  let rules: { readonly id: number; readonly fault: F; left: number; struck: number }[] = []
  let armed = 0
  return {
    arm(fault) {
      const times = fault.times ?? (fault.probability === undefined ? 1 : Number.POSITIVE_INFINITY)
      armed += 1
      const rule = { id: armed, fault, left: times, struck: 0 }
      rules.push(rule)
      return {
        get struck() {
          return rule.struck
        },
        disarm() {
          rules = rules.filter(it => it !== rule)
        },
      }
    },
    take(fits) {
      const rule = rules.find(
        ({ fault, left }) =>
          left > 0 && fits(fault) && (fault.probability === undefined || random() < fault.probability),
      )
      if (!rule) return undefined
      rule.left -= 1
      rule.struck += 1
      return rule.fault
    },
    disarm(id) {
      rules = rules.filter(it => it.id !== id)
    },
    list: () => rules.filter(({ left }) => left > 0).map(rule => ({ ...rule })),
    clear() {
      rules = []
    },
  }
}
