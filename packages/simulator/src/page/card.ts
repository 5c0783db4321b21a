import { drawnPrivately } from '../apis/card/drawing.ts'
import type { CardStore } from '../apis/card/store.ts'
import type { Card } from '../apis/card/types.ts'
import type { Content, Person } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { PageCard } from './protocol.ts'

export interface CardViewDeps {
  readonly cards: CardStore
  readonly world: Pick<World, 'people'>
}

/** A card with what only the platform knows of it; one that is too old to be kept shows what was sent last. */
export function cardView({ cards, world }: CardViewDeps, content: Extract<Content, { kind: 'card' }>): PageCard {
  const card = cards.all.get(content.outTrackId)
  if (!card) return { ...content, privateVariables: {}, calls: false }
  return {
    ...content,
    privateVariables: byUserId(card, world.people),
    ...(card.status && { status: card.status }),
    ...(card.streamedKey !== undefined && { streamedKey: card.streamedKey }),
    calls: card.callbackType === 'STREAM',
  }
}

/** The page knows people by `userId`; a card may know them by `unionId`. */
function byUserId(
  { templateId, answered, privateVariables, userIdType, isBlank }: Card,
  people: ReadonlyMap<string, Person>,
) {
  if (isBlank) return {}
  const ids = new Set([...Object.keys(answered), ...Object.keys(privateVariables)])
  const own = [...ids].map(
    id => [id, { ...answered[id], ...drawnPrivately(templateId, privateVariables[id]) }] as const,
  )
  if (userIdType === 1) return Object.fromEntries(own)
  const userIds = new Map([...people.values()].map(({ unionId, userId }) => [unionId, userId]))
  return Object.fromEntries(own.map(([id, values]) => [userIds.get(id) ?? id, values]))
}
