import type { Clock, ManualClock } from './clock.ts'

/** Whether a clock can be told to move. */
export function canAdvance(clock: Clock): clock is ManualClock {
  return 'advance' in clock && typeof clock.advance === 'function'
}

interface Entry {
  readonly at: number
  readonly task: () => void
  cancel: () => void
}

/**
 * A clock that runs with `source` and can skip time besides: what falls due on the way runs in its order, and all that
 * was put off comes that much sooner. A clock that can be moved anyway is given back as it is.
 */
export function toManualClock(source: Clock): ManualClock {
  if (canAdvance(source)) return source
  const entries = new Set<Entry>()
  let ahead = 0
  const now = () => source.now() + ahead

  function arm(entry: Entry): void {
    entry.cancel = source.after(Math.max(0, entry.at - now()), () => run(entry))
  }

  function run(entry: Entry): void {
    entry.cancel()
    if (entries.delete(entry)) entry.task()
  }

  function next(until: number): Entry | undefined {
    let first: Entry | undefined
    for (const entry of entries) if (entry.at <= until && (!first || entry.at < first.at)) first = entry
    return first
  }

  return {
    now,
    after(ms, task) {
      const entry: Entry = { at: now() + ms, task, cancel: () => {} }
      entries.add(entry)
      arm(entry)
      return () => {
        entry.cancel()
        entries.delete(entry)
      }
    },
    advance(ms) {
      const until = now() + ms
      for (let due = next(until); due; due = next(until)) {
        ahead += Math.max(0, due.at - now())
        run(due)
      }
      ahead += Math.max(0, until - now())
      for (const entry of entries) {
        entry.cancel()
        arm(entry)
      }
    },
  }
}
