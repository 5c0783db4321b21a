import { createDeferred } from '@dingware/transport'

/** A place in one or several lanes. */
export interface Ticket {
  /** Resolves when it is at the head of each of its lanes; missing when it is that already. */
  readonly turn: Promise<void> | undefined
  /** Leaves its lanes: whoever is next may go. For a time or for good. */
  readonly leave: () => void
  /**
   * Comes back, ahead of all whose turn has not come yet. Resolves when it is at the head again, or has left again;
   * missing when it is at the head at once.
   */
  readonly comeBack: () => Promise<void> | undefined
}

export interface Lanes {
  /** Queues up in all lanes at once, which is why two that share several lanes never wait for each other. */
  readonly enter: (keys: readonly string[]) => Ticket
  /** How many are in a lane, the one at its head included. */
  readonly length: (key: string) => number
}

interface Entry {
  readonly keys: readonly string[]
  /** Whether its turn has come, once. */
  begun: boolean
  /** For whom it waits; missing outside of the lanes. */
  turn?: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined
}

/** Creates lanes by key; one without anybody in it takes no memory. */
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
   * Those whose turn came before stand before those that never had theirs, in every lane: so everybody stands in one
   * order in all lanes, and nobody waits in a circle.
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
    // In the same turn of the loop: nobody can slip in between the one that leaves and the one that follows.
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
