/** How often a fault strikes. */
export interface Strikes {
  /** How many times: once by default, without end when there is a `probability`. */
  readonly times?: number
  /** From 0 to 1: how likely it strikes each time that it could. `seed` makes the row of strikes repeatable. */
  readonly probability?: number
}

/** A fault that was armed. */
export interface Arming {
  /** How many times it has struck. */
  readonly struck: number
  disarm(): void
}

/** Faults that wait for an occasion that fits, first come, first struck. */
export interface Rules<F extends Strikes> {
  arm(fault: F): Arming
  /** The fault of this occasion; undefined for none. */
  take(fits: (fault: F) => boolean): F | undefined
  clear(): void
}

export function createRules<F extends Strikes>(random: () => number): Rules<F> {
  let rules: { readonly fault: F; left: number; struck: number }[] = []
  return {
    arm(fault) {
      const times = fault.times ?? (fault.probability === undefined ? 1 : Number.POSITIVE_INFINITY)
      const rule = { fault, left: times, struck: 0 }
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
    clear() {
      rules = []
    },
  }
}
