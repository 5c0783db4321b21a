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
  disarm(id: number): void
  /** The fault of this occasion; undefined for none. */
  take(fits: (fault: F) => boolean): F | undefined
  /** What is armed and has strikes left. */
  list(): readonly ArmedFault<F>[]
  clear(): void
}

/** A fault that waits for its occasion. */
export interface ArmedFault<F> {
  /** Unlike that of any other that was armed here. */
  readonly id: number
  readonly fault: F
  /** How many times it still strikes. */
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
