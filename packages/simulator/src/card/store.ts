import { setBounded } from '../bounded/bounded.ts'
import type { Card } from './types.ts'

const CARDS_KEPT = 10_000

export interface CardStore {
  readonly all: ReadonlyMap<string, Card>
  keep(card: Card): void
}

export function createCardStore(): CardStore {
  const all = new Map<string, Card>()
  return {
    all,
    keep: card => setBounded(all, card.outTrackId, card, CARDS_KEPT),
  }
}
