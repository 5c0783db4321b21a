import type { Logger, Store } from '@dingware/core'
import { HeldLease, type Lease } from './held-lease.ts'
import { createLeaseEntries, type LeaseEntries, type TakenLease } from './lease-entries.ts'
import type { CardRecord } from './record.ts'

export interface Leases {
  readonly hold: (record: CardRecord) => Promise<Lease>
  /** Takes over the leases that nobody renews, and hands each to `end`; it goes when that says so. */
  readonly sweep: (end: EndCard, signal: AbortSignal) => Promise<void>
  /** Renews no more. */
  readonly close: () => void
}

/** Ends a card that was left open. @returns whether nothing is left to be done. */
type EndCard = (record: CardRecord) => Promise<boolean>

export interface LeasesOptions {
  readonly store: Store
  readonly log: Logger
  /** Milliseconds that a lease is good for without being renewed. */
  readonly duration: number
  /** Milliseconds that it may take to end a card that was left open; nobody else tries meanwhile. */
  readonly endTimeout: number
}

/** A card that cannot be ended is given up after so many tries, each twice as long after the last. */
const MAX_TRIES = 10
/** Cards that are ended at once, so that one that hangs holds up no other. */
const AT_ONCE = 8

export function createLeases({ store, log, duration, endTimeout }: LeasesOptions): Leases {
  const entries = createLeaseEntries(store, log)
  const held = new Map<string, HeldLease>()
  let timer: NodeJS.Timeout | undefined

  const stopTimer = (): void => {
    clearInterval(timer)
    timer = undefined
  }
  const renewAll = (): void => held.forEach(lease => void lease.renew())

  return {
    async hold(record) {
      const onEnd = (id: string): void => {
        held.delete(id)
        if (held.size === 0) stopTimer()
      }
      const lease = new HeldLease({ record, entries, duration, onEnd })
      held.set(lease.id, lease)
      timer ??= setInterval(renewAll, duration / 3)
      await lease.renew()
      return lease
    },
    sweep: (end, signal) =>
      endAll(
        entries.takeOver(id => held.has(id), endTimeout + duration, signal),
        lease => endTaken(entries, lease, end, duration),
      ),
    close: stopTimer,
  }
}

/** Ends several at once, and resolves when all have ended. */
async function endAll(leases: AsyncIterable<TakenLease>, end: (lease: TakenLease) => Promise<void>): Promise<void> {
  const ending = new Set<Promise<void>>()
  try {
    for await (const lease of leases) {
      const task = end(lease).finally(() => ending.delete(task))
      ending.add(task)
      if (ending.size >= AT_ONCE) await Promise.race(ending)
    }
  } finally {
    await Promise.all(ending)
  }
}

async function endTaken(
  entries: LeaseEntries,
  { id, record, tries }: TakenLease,
  end: EndCard,
  duration: number,
): Promise<void> {
  const isDone = (await end(record)) || tries >= MAX_TRIES
  await (isDone ? entries.delete(id) : entries.put(id, record, duration * 2 ** tries, tries))
}
