import * as v from 'valibot'
import type { Store, Versioned } from '../../../store/store.ts'
import { packUpdate, unpackUpdate } from '../../../updates/packed.ts'
import type { Update } from '../../../updates/update.ts'

/** Update that is saved in a store. */
export interface Entry {
  readonly state: 'kept' | 'dead'
  /** Instance that runs it. */
  readonly owner: string
  readonly nonce: string
  /** Time of arrival, or of becoming a dead letter, in milliseconds since the epoch. */
  readonly at: number
  /** Order of arrival, among those of one owner and millisecond. */
  readonly order: number
  readonly runs: number
  readonly update: Update
}

const EntrySchema = v.object({
  state: v.picklist(['kept', 'dead']),
  owner: v.string(),
  nonce: v.string(),
  at: v.number(),
  order: v.number(),
  runs: v.number(),
  update: v.unknown(),
})

const DoneSchema = v.object({ state: v.literal('done') })

/** Value of a key of the inbox: an entry, or for a while the record of a handled one. */
export type Found = { readonly entry: Entry; readonly version: string } | 'done' | undefined

export interface Entries {
  readonly read: (key: string) => Promise<Found>
  /** @returns false if there is one already. */
  readonly add: (key: string, entry: Entry) => Promise<boolean>
  /** @returns false if it was changed meanwhile. */
  readonly replace: (key: string, entry: Entry, version: string) => Promise<boolean>
  /** Replaces it by a record that it was handled, for duplicate detection. */
  readonly finish: (key: string, version: string) => Promise<boolean>
  readonly remove: (key: string, version: string) => Promise<boolean>
  readonly all: () => AsyncIterable<{ readonly key: string; readonly entry: Entry; readonly version: string }>
}

export function createEntries(store: Store, prefix: () => string, traceMs: number): Entries {
  const nameOf = (key: string): string => `${prefix()}inbox:${key}`
  const pack = (entry: Entry): unknown => ({ ...entry, update: packUpdate(entry.update) })
  return {
    async read(key) {
      return unpack(await store.get(nameOf(key)))
    },
    add: (key, entry) => store.add(nameOf(key), pack(entry)),
    replace: (key, entry, version) => store.set(nameOf(key), pack(entry), { ifVersion: version }),
    finish: (key, version) => store.set(nameOf(key), { state: 'done' }, { ifVersion: version, ttlMs: traceMs }),
    remove: (key, version) => store.delete(nameOf(key), { ifVersion: version }),
    async *all() {
      const start = nameOf('')
      for await (const { key, ...versioned } of store.list(start)) {
        const found = unpack(versioned)
        if (found && found !== 'done') yield { key: key.slice(start.length), ...found }
      }
    },
  }
}

function unpack(versioned: Versioned | undefined): Found {
  if (!versioned) return undefined
  if (v.is(DoneSchema, versioned.value)) return 'done'
  const result = v.safeParse(EntrySchema, versioned.value)
  const update = result.success ? unpackUpdate(result.output.update) : undefined
  return result.success && update ? { entry: { ...result.output, update }, version: versioned.version } : undefined
}
