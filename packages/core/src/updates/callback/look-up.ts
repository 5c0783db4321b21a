import { knowCard, type Update } from '../update.ts'
import { clickOf } from './callback.ts'
import type { CardMemory } from './card-memory.ts'

/** Tells a click what is kept of its card. @returns nothing for any other update, which need not wait. */
export type LookUp = (update: Update) => Promise<void> | undefined

/** Creates the look-up. */
export function createLookUp({ read }: Pick<CardMemory, 'read'>): LookUp {
  return update => {
    const { outTrackId = '' } = clickOf(update) ?? {}
    return outTrackId === '' ? undefined : read(outTrackId).then(card => knowCard(update, card))
  }
}
