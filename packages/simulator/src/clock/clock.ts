/**
 * The time source of a simulator: everything that expires or waits for a deadline asks it. The machine's by default;
 * the option `clock` takes another.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `task` once, `ms` later (with Infinity: never). The function that comes back cancels it. */
  after(ms: number, task: () => void): () => void
}

/** A longer timer overflows, and would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** The time of the machine. */
export function systemClock(): Clock {
  return {
    now: Date.now,
    after(ms, task) {
      if (ms > LONGEST_TIMER) return () => {}
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
  }
}

/** The same time, with all that was put off on it in one hand. Once closed it puts nothing off any more. */
export function scopedClock(clock: Clock): Clock & { close(): void } {
  const cancels = new Set<() => void>()
  let closed = false
  return {
    now: clock.now,
    after(ms, task) {
      if (closed) return () => {}
      const cancel = () => {
        cancels.delete(cancel)
        stop()
      }
      const stop = clock.after(ms, () => {
        cancels.delete(cancel)
        task()
      })
      cancels.add(cancel)
      return cancel
    },
    close() {
      closed = true
      for (const cancel of cancels) cancel()
    },
  }
}

/**
 * A clock that can be moved by hand. `sim.clock` is one in any case: with the machine's time it runs by itself, and can
 * skip ahead.
 */
export interface ManualClock extends Clock {
  /** Moves the time on by `ms` milliseconds, and runs the tasks that fall due on the way, in their order. */
  advance(ms: number): void
}

/**
 * A clock that stands still until `advance` moves it, for tests of what expires. `start` is in milliseconds since the
 * epoch; now by default.
 *
 * @example
 * const clock = manualClock()
 * const sim = await createSimulator({ clock })
 * clock.advance(90_000) // every ticket is now stale
 *
 * Pings and deadlines of acks stand still with it.
 */
export function manualClock(start: number = Date.now()): ManualClock {
  let now = start
  let tasks: { readonly at: number; readonly task: () => void }[] = []

  function nextDue(until: number) {
    const due = tasks.filter(({ at }) => at <= until)
    return due.reduce<(typeof tasks)[number] | undefined>(
      (first, it) => (first && first.at <= it.at ? first : it),
      undefined,
    )
  }

  return {
    now: () => now,
    after(ms, task) {
      const entry = { at: now + ms, task }
      tasks.push(entry)
      return () => {
        tasks = tasks.filter(it => it !== entry)
      }
    },
    advance(ms) {
      const until = now + ms
      for (let entry = nextDue(until); entry; entry = nextDue(until)) {
        const due = entry
        tasks = tasks.filter(it => it !== due)
        now = Math.max(now, due.at)
        due.task()
      }
      now = until
    },
  }
}
