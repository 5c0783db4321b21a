import { knowCard, type Update } from '../update.ts'
import { parseCardCallback } from './callback.ts'
import type { CardMemory } from './card-memory.ts'

/**
 * Loads the facts about the card of a click into the update. @returns `undefined` for other updates, which need not
 * wait.
 */
export type LookUp = (update: Update) => Promise<void> | undefined

/** Creates the function that looks up cards. */
export function createLookUp({ read }: Pick<CardMemory, 'read'>): LookUp {
  return update => {
    if (update.kind !== 'card') return undefined
    const { outTrackId } = parseCardCallback(update.raw)
    return outTrackId === '' ? undefined : read(outTrackId).then(card => knowCard(update, card))
  }
}
