import type { Share } from './membership.ts'

/** Partition that this instance runs. */
export interface Partition {
  readonly number: number
  /** A different term means that there was another owner in between. */
  readonly term: number
  /** Aborts when the partition is lost. */
  readonly signal: AbortSignal
  /** Id of the last entry that was read. */
  after: string
  /** Number of its entries that are being run here. */
  inFlight: number
}

export interface Partitions {
  /** Partitions to read from. */
  readonly readable: () => readonly Partition[]
  readonly get: (number: number, term: number) => Partition | undefined
  /** Sets the partitions of this instance; `undefined` if they are not known any more. */
  readonly assign: (share: Share | undefined) => void
  /** Gives up idle partitions beyond its share. @returns their numbers. */
  readonly takeSurplus: () => readonly number[]
}

interface Held extends Partition {
  readonly controller: AbortController
}

/** Tracks the partitions that this instance has. */
export function createPartitions(): Partitions {
  const held = new Map<number, Held>()
  /** Lost partitions with entries that still run here: the next term begins when these have ended. */
  const lost = new Set<Held>()
  let surplus = new Set<Held>()
  /** Terms that were given back. The server may learn of it late, so they must not begin again. */
  const returned = new Map<number, number>()

  const lose = (partition: Held): void => {
    held.delete(partition.number)
    surplus.delete(partition)
    lost.add(partition)
    partition.controller.abort(new Error('another instance may run this now'))
  }
  const take = (number: number, term: number): void => {
    for (const partition of lost) if (partition.inFlight === 0) lost.delete(partition)
    if ([...lost].some(partition => partition.number === number)) return
    const controller = new AbortController()
    held.set(number, { number, term, controller, signal: controller.signal, after: '0-0', inFlight: 0 })
  }

  return {
    readable: () => [...held.values()].filter(partition => !surplus.has(partition)),
    get(number, term) {
      const partition = held.get(number)
      return partition?.term === term ? partition : undefined
    },
    assign(share) {
      for (const partition of [...held.values()]) {
        if (share?.terms.get(partition.number) !== partition.term) lose(partition)
      }
      if (!share) return
      for (const number of [...returned.keys()]) {
        if (share.terms.get(number) !== returned.get(number)) returned.delete(number)
      }
      for (const [number, term] of share.terms) if (!held.has(number) && !returned.has(number)) take(number, term)
      surplus = new Set([...held.values()].slice(share.size))
    },
    takeSurplus() {
      const idle = [...surplus].filter(({ inFlight }) => inFlight === 0)
      for (const partition of idle) {
        lose(partition)
        returned.set(partition.number, partition.term)
      }
      return [...returned.keys()]
    },
  }
}
