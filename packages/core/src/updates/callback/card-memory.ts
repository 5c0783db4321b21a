import type { Logger } from '@dingware/transport'
import { type CardEntry, keepCardEntry, readCardEntry, rememberedEntry } from '../../composer/action/card-entry.ts'
import type { Store } from '../../store/store.ts'
import { sleep } from '../../utils/sleep.ts'
import { thrownFields, thrownText } from '../../utils/thrown-text.ts'
import type { Update } from '../update.ts'
import type { KnownCard } from './known-card.ts'

/** Milliseconds that a click or an update of a card waits for the store: a click has to be answered after 1.5 s. */
const PATIENCE = 500

/**
 * Facts that a bot keeps about its cards, in the store and in memory. If the store fails or hangs, only entries of
 * other processes are missed.
 */
export interface CardMemory {
  readonly read: (outTrackId: string) => Promise<KnownCard | undefined>
  /** Newest facts about a clicked card that this process has. */
  readonly newest: (update: Update, outTrackId: string) => KnownCard | undefined
  readonly keep: (outTrackId: string, entry: CardEntry) => Promise<void>
}

export function createCardMemory(store: Store, logger: Logger): CardMemory {
  /** Waits for the store, for a limited time. Never rejects. @returns `undefined` if it failed or took too long. */
  const patiently = async <T>(what: string, work: Promise<T>): Promise<{ readonly value: T } | undefined> => {
    const done = new AbortController()
    const late = sleep(PATIENCE, done.signal).then(
      () => logger.warn(`The store did not answer in time, so ${what}.`),
      () => {},
    )
    try {
      return await Promise.race([work.then(value => ({ value })), late.then(() => undefined)])
    } catch (error) {
      logger.warn(`The store failed: ${thrownText(error)} So ${what}.`, thrownFields(error))
      return undefined
    } finally {
      done.abort()
    }
  }
  return {
    async read(outTrackId) {
      const found = await patiently('a card is known by what this process has kept', readCardEntry(store, outTrackId))
      return found?.value ?? rememberedEntry(store, outTrackId)
    },
    newest: ({ card }, outTrackId) => rememberedEntry(store, outTrackId) ?? card,
    async keep(outTrackId, entry) {
      await patiently(
        'what other processes need to know of a card was not kept',
        keepCardEntry(store, outTrackId, entry),
      )
    },
  }
}
