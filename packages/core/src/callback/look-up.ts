import type { Logger } from '@dingware/transport'
import { readCardEntry, rememberedEntry } from '../action/card-entry.ts'
import { thrownFields, thrownText } from '../errors/thrown-text.ts'
import type { Store } from '../store/store.ts'
import { knowCard, type Update } from '../update/update.ts'
import { parseCardCallback } from './callback.ts'
import type { KnownCard } from './known-card.ts'

/** Milliseconds that a click waits for the store: it has to be answered after 1.5 s, handled or not. */
const PATIENCE = 500

/** Tells a click what is kept of its card. @returns nothing for any other update, which need not wait. */
export type LookUp = (update: Update) => Promise<void> | undefined

/** Creates the look-up. A store that fails or hangs costs a click what other processes have kept, and nothing else. */
export function createLookUp(store: Store, logger: Logger): LookUp {
  const read = async (outTrackId: string): Promise<KnownCard | undefined> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<undefined>(resolve => {
      timer = setTimeout(() => {
        logger.warn('The store did not answer in time, so a click is read by what this process knows of its card.')
        resolve(undefined)
      }, PATIENCE)
    })
    try {
      const found = await Promise.race([readCardEntry(store, outTrackId), late])
      return found ?? rememberedEntry(store, outTrackId)
    } catch (error) {
      const what = `What is kept of a clicked card could not be read, so this process's memory has to do: ${thrownText(error)}`
      logger.warn(what, thrownFields(error))
      return rememberedEntry(store, outTrackId)
    } finally {
      clearTimeout(timer)
    }
  }
  return update => {
    if (update.kind !== 'card') return undefined
    const { outTrackId } = parseCardCallback(update.raw)
    return outTrackId === '' ? undefined : read(outTrackId).then(card => knowCard(update, card))
  }
}
