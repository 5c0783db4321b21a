import { createDeferred } from '@dingware/transport'

/** Place in one or several queues. */
export interface Ticket {
  /** Resolves when it is first in each of its queues; missing if it is so at once. */
  readonly turn: Promise<void> | undefined
  /** Leaves the queues, for a time or for good, so that the next one may go. */
  readonly leave: () => void
  /**
   * Returns to the queues, ahead of all that have not had their turn yet. Resolves when it is first again, or has left
   * again; missing if it is first at once.
   */
  readonly comeBack: () => Promise<void> | undefined
}

export interface Lanes {
  /** Enters all queues at once; therefore two that share several queues never wait for each other. */
  readonly enter: (keys: readonly string[]) => Ticket
  /** Number of places in a queue, including the first. */
  readonly length: (key: string) => number
}

interface Entry {
  readonly keys: readonly string[]
  /** True once it has had its turn. */
  begun: boolean
  /** Pending turn; missing while it is not in the queues. */
  turn?: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined
}

/** Creates queues by key; an empty one takes no memory. */
export function createLanes(): Lanes {
  const lanes = new Map<string, Entry[]>()

  const isFirst = (entry: Entry): boolean => entry.keys.every(key => lanes.get(key)?.[0] === entry)

  const startIfFirst = (entry: Entry): boolean => {
    if (!isFirst(entry)) return false
    entry.begun = true
    entry.turn?.resolve()
    return true
  }

  /**
   * Position in a queue: those that have had their turn stand before those that have not, in all queues. So the order
   * is the same everywhere, and there is no deadlock.
   */
  const placeOf = (lane: readonly Entry[], entry: Entry): number => {
    const place = entry.begun ? lane.findIndex(other => !other.begun) : -1
    return place < 0 ? lane.length : place
  }

  const join = (entry: Entry): Promise<void> | undefined => {
    if (!entry.turn) {
      entry.turn = createDeferred()
      for (const key of entry.keys) {
        const lane = lanes.get(key) ?? []
        lanes.set(key, lane.toSpliced(placeOf(lane, entry), 0, entry))
      }
    }
    return startIfFirst(entry) ? undefined : entry.turn.promise
  }

  const leave = (entry: Entry): void => {
    if (!entry.turn) return
    for (const key of entry.keys) {
      const rest = (lanes.get(key) ?? []).filter(other => other !== entry)
      if (rest.length > 0) lanes.set(key, rest)
      else lanes.delete(key)
    }
    entry.turn.resolve()
    entry.turn = undefined
    // Synchronously, so that nobody can get in between.
    for (const key of entry.keys) {
      const first = lanes.get(key)?.[0]
      if (first) startIfFirst(first)
    }
  }

  return {
    enter(keys) {
      const entry: Entry = { keys: [...new Set(keys)], begun: false }
      return { turn: join(entry), leave: () => leave(entry), comeBack: () => join(entry) }
    },
    length: key => lanes.get(key)?.length ?? 0,
  }
}
