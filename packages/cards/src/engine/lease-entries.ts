import { randomUUID } from 'node:crypto'
import type { Logger, Store } from '@dingware/core'
import * as v from 'valibot'
import { reasonOf } from '../deliver/failure.ts'
import { type CardRecord, parseRecord } from './record.ts'

const PREFIX = 'cards:lease:'
/** Nobody looks at a card that old. Milliseconds. */
const FORGET_AFTER = 7 * 86_400_000

const EntrySchema = v.object({ owner: v.string(), until: v.number(), tries: v.number(), record: v.unknown() })
type Entry = Omit<v.InferOutput<typeof EntrySchema>, 'record'> & { readonly record: CardRecord }

/** A lease that was taken over from whoever did not renew it. */
export interface TakenLease {
  readonly id: string
  readonly record: CardRecord
  /** How often somebody has tried to end the card, this time included. */
  readonly tries: number
}

/** Open cards in the store. A store that fails must not keep a card from being shown, so that nothing but `takeOver` rejects. */
export interface LeaseEntries {
  /** Writes an entry that is good for so many milliseconds. */
  readonly put: (id: string, record: CardRecord, ms: number, tries?: number) => Promise<void>
  readonly delete: (id: string) => Promise<void>
  /**
   * Takes over, one after the other, the entries whose time is over.
   *
   * @param ms for which nobody else may take them.
   */
  readonly takeOver: (isHeld: (id: string) => boolean, ms: number, signal: AbortSignal) => AsyncIterable<TakenLease>
}

export function createLeaseEntries(store: Store, log: Logger): LeaseEntries {
  const owner = randomUUID()
  let hasWarned = false

  const orWarnOnce = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!hasWarned)
        log.warn(`Open cards cannot be kept in the store, so none is ended after a crash: ${reasonOf(error)}`)
      hasWarned = true
    }
  }
  const entryOf = (record: CardRecord, ms: number, tries: number): Entry => {
    return { owner, until: Date.now() + ms, tries, record }
  }
  return {
    put: (id, record, ms, tries = 0) =>
      orWarnOnce(() => store.set(PREFIX + id, entryOf(record, ms, tries), { ttlMs: FORGET_AFTER })),
    delete: id => orWarnOnce(() => store.delete(PREFIX + id)),
    async *takeOver(isHeld, ms, signal) {
      for await (const { key, value, version } of store.list(PREFIX)) {
        if (signal.aborted) return
        const id = key.slice(PREFIX.length)
        const entry = readEntry(value)
        if (!entry || entry.until > Date.now() || isHeld(id)) continue
        const { record } = entry
        const tries = entry.tries + 1
        // Of all that find it, one gets it.
        const isTaken = await store.set(key, entryOf(record, ms, tries), { ttlMs: FORGET_AFTER, ifVersion: version })
        if (isTaken) yield { id, record, tries }
      }
    },
  }
}

function readEntry(value: unknown): Entry | undefined {
  const result = v.safeParse(EntrySchema, value)
  const record = result.success ? parseRecord(result.output.record) : undefined
  return result.success && record ? { ...result.output, record } : undefined
}
