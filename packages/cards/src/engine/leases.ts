import { randomUUID } from 'node:crypto'
import type { Logger, Store } from '@dingware/core'
import * as v from 'valibot'
import { reasonOf } from '../deliver/failure.ts'
import { type CardRecord, parseRecord } from './record.ts'

/** A card that is open, kept in the store so that it is ended even when this process is not there any more. */
export interface Lease {
  /** Writes down what the card shows by now. Resolves when the store has it, or has failed; never rejects. */
  readonly save: (record: CardRecord) => Promise<void>
  /** The card has ended. */
  readonly release: () => Promise<void>
  /** The card could not be ended: whoever finds the lease tries again. */
  readonly leave: (record: CardRecord) => Promise<void>
}

export interface Leases {
  readonly hold: (record: CardRecord) => Promise<Lease>
  /** Takes over the leases that nobody renews, and hands each to `end`; it goes when that says so. */
  readonly sweep: (end: (record: CardRecord) => Promise<boolean>, signal: AbortSignal) => Promise<void>
  /** Renews no more. */
  readonly close: () => void
}

export interface LeasesOptions {
  readonly store: Store
  readonly log: Logger
  /** Milliseconds that a lease is good for without being renewed. */
  readonly duration: number
  /** Milliseconds that it may take to end a card that was left open; nobody else tries meanwhile. */
  readonly endTimeout: number
}

const PREFIX = 'cards:lease:'
/** Nobody looks at a card that old. Milliseconds. */
const FORGET_AFTER = 7 * 86_400_000
/** A card that cannot be ended is given up after so many tries, each twice as long after the last. */
const MAX_TRIES = 10
/** Cards that are ended at once, so that one that hangs holds up no other. */
const AT_ONCE = 8

const EntrySchema = v.object({ owner: v.string(), until: v.number(), tries: v.number(), record: v.unknown() })
type Entry = Omit<v.InferOutput<typeof EntrySchema>, 'record'> & { readonly record: CardRecord }

interface Held {
  /** The outTrackId that it was sent with; the platform may give the card another. */
  readonly id: string
  record: CardRecord
  writing: Promise<void> | undefined
  isStale: boolean
}

export function createLeases({ store, log, duration, endTimeout }: LeasesOptions): Leases {
  const owner = randomUUID()
  const held = new Map<string, Held>()
  let timer: NodeJS.Timeout | undefined
  let hasWarned = false

  /** A store that fails must not keep a card from being shown. */
  const harmlessly = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (!hasWarned)
        log.warn(`Open cards cannot be kept in the store, so none is ended after a crash: ${reasonOf(error)}`)
      hasWarned = true
      return undefined
    }
  }
  const entryOf = (record: CardRecord, { tries = 0, until = Date.now() + duration } = {}): Entry => {
    return { owner, until, tries, record }
  }
  const put = (id: string, record: CardRecord): Promise<boolean | undefined> =>
    harmlessly(() => store.set(PREFIX + id, entryOf(record), { ttlMs: FORGET_AFTER }))

  /** One write at a time for each card; what comes meanwhile makes one more. */
  const write = async (lease: Held): Promise<void> => {
    lease.isStale = true
    lease.writing ??= (async () => {
      while (lease.isStale && held.get(lease.id) === lease) {
        lease.isStale = false
        await put(lease.id, lease.record)
      }
      lease.writing = undefined
    })()
    await lease.writing
  }
  const letGo = async (lease: Held): Promise<void> => {
    held.delete(lease.id)
    if (held.size === 0) clearInterval(timer)
    if (held.size === 0) timer = undefined
    await lease.writing
  }

  const endTaken = async (
    key: string,
    { record, tries }: Entry,
    end: (record: CardRecord) => Promise<boolean>,
  ): Promise<void> => {
    const isDone = (await end(record)) || tries >= MAX_TRIES
    const later = entryOf(record, { tries, until: Date.now() + duration * 2 ** tries })
    await harmlessly(() => (isDone ? store.delete(key) : store.set(key, later, { ttlMs: FORGET_AFTER })))
  }

  return {
    async hold(record) {
      const { outTrackId: id } = record
      const lease: Held = { id, record, writing: undefined, isStale: false }
      held.set(id, lease)
      timer ??= setInterval(() => held.forEach(write), duration / 3)
      await write(lease)
      return {
        save(changed) {
          lease.record = changed
          return write(lease)
        },
        async release() {
          await letGo(lease)
          await harmlessly(() => store.delete(PREFIX + id))
        },
        async leave(changed) {
          await letGo(lease)
          await put(id, changed)
        },
      }
    },
    async sweep(end, signal) {
      const ending = new Set<Promise<void>>()
      try {
        for await (const { key, value, version } of store.list(PREFIX)) {
          if (signal.aborted) break
          const entry = readEntry(value)
          if (!entry || entry.until > Date.now() || held.has(key.slice(PREFIX.length))) continue
          const tries = entry.tries + 1
          // Of all that find it, one gets it.
          const taken = entryOf(entry.record, { tries, until: Date.now() + endTimeout + duration })
          if (!(await store.set(key, taken, { ttlMs: FORGET_AFTER, ifVersion: version }))) continue
          const task = endTaken(key, taken, end).finally(() => ending.delete(task))
          ending.add(task)
          if (ending.size >= AT_ONCE) await Promise.race(ending)
        }
      } finally {
        await Promise.all(ending)
      }
    },
    close() {
      clearInterval(timer)
      timer = undefined
    },
  }
}

function readEntry(value: unknown): Entry | undefined {
  const result = v.safeParse(EntrySchema, value)
  const record = result.success ? parseRecord(result.output.record) : undefined
  return result.success && record ? { ...result.output, record } : undefined
}
