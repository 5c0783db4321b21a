import type { Share } from './membership.ts'

/** A partition that this instance runs. */
export interface Partition {
  readonly number: number
  /** Another term is another owner in between. */
  readonly term: number
  /** Aborts when it is not ours any more. */
  readonly signal: AbortSignal
  /** Up to which id it was read. */
  after: string
  /** How many of its entries are here. */
  inFlight: number
}

export interface Partitions {
  /** Those to read from. */
  readonly readable: () => readonly Partition[]
  readonly get: (number: number, term: number) => Partition | undefined
  /** What this instance has by now; nothing when that is not known any more. */
  readonly assign: (share: Share | undefined) => void
  /** Lets go of those beyond its share of which nothing runs. @returns their numbers. */
  readonly takeSurplus: () => readonly number[]
}

interface Held extends Partition {
  readonly controller: AbortController
}

/** Keeps book of the partitions that this instance has. */
export function createPartitions(): Partitions {
  const held = new Map<number, Held>()
  /** Lost, while some of their entries still run here: the next term begins when they have ended. */
  const lost = new Set<Held>()
  let surplus = new Set<Held>()
  /** Terms that were given back. The server may hear of it late, so they never begin again. */
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
