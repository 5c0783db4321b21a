import { createDeferred } from '@dingware/transport'

/** A place in one or several lanes. */
export interface Ticket {
  /** Resolves when it is at the head of each of its lanes; missing when it is that already. */
  readonly turn: Promise<void> | undefined
  /** Leaves its lanes: whoever is next may go. */
  readonly leave: () => void
}

export interface Lanes {
  /** Queues up in all lanes at once, which is why two that share several lanes never wait for each other. */
  readonly enter: (keys: readonly string[]) => Ticket
  /** How many are in a lane, the one at its head included. */
  readonly length: (key: string) => number
}

interface Entry {
  readonly keys: readonly string[]
  readonly start: () => void
}

/** Creates lanes by key; one without anybody in it takes no memory. */
export function createLanes(): Lanes {
  const lanes = new Map<string, Entry[]>()

  const isFirst = (entry: Entry): boolean => entry.keys.every(key => lanes.get(key)?.[0] === entry)

  const leave = (entry: Entry): void => {
    for (const key of entry.keys) {
      const rest = (lanes.get(key) ?? []).filter(other => other !== entry)
      if (rest.length > 0) lanes.set(key, rest)
      else lanes.delete(key)
    }
    // In the same turn of the loop: nobody can slip in between the one that leaves and the one that follows.
    for (const key of entry.keys) {
      const first = lanes.get(key)?.[0]
      if (first && isFirst(first)) first.start()
    }
  }

  return {
    enter(keys) {
      const turn = createDeferred()
      const entry: Entry = { keys: [...new Set(keys)], start: turn.resolve }
      for (const key of entry.keys) lanes.set(key, [...(lanes.get(key) ?? []), entry])
      return { turn: isFirst(entry) ? undefined : turn.promise, leave: () => leave(entry) }
    },
    length: key => lanes.get(key)?.length ?? 0,
  }
}
