import type { Store } from '@dingware/core'
import { type CardEntry, keepCardEntry, readCardEntry } from '@dingware/core/plugin'

/** The facts that clicks on cards will need, by card. */
export interface Entries {
  /** Adds to what is kept of a card. */
  readonly keep: (outTrackId: string, entry: CardEntry, ttlMs?: number) => Promise<void>
  /** Keeps the same of a card under the id that the platform gave it. */
  readonly alias: (sentAs: string, outTrackId: string) => Promise<void>
  /** Reads what is kept of a card. */
  readonly entryOf: (outTrackId: string) => Promise<CardEntry | undefined>
}

/** @param store the one in which the bot looks when somebody clicks, whoever sent the card. */
export function createEntries(store: Store, defaultTtlMs: number | undefined): Entries {
  return {
    keep: (outTrackId, entry, ttlMs = defaultTtlMs) => keepCardEntry(store, outTrackId, entry, ttlMs),
    async alias(sentAs, outTrackId) {
      const entry = await readCardEntry(store, sentAs)
      if (entry) await keepCardEntry(store, outTrackId, { ...entry, sentAs }, entry.ttlMs)
    },
    entryOf: outTrackId => readCardEntry(store, outTrackId),
  }
}
