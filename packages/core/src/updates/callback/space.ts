import type { CardPlace } from './known-card.ts'

interface Space {
  readonly spaceType?: string | undefined
  readonly spaceId?: string | undefined
  readonly userId: string
}

/** As in `openSpaceId`: `dtv1.card//im.cid…`. */
const PREFIXED = /^dtv1\.card\/\/(?:([a-z_]+)\.)?([^;]*)/i

/**
 * Where a click says that it happened. Every capture has `im`, of a group with its conversation id; for a private chat
 * there is none, so the userId and a conversation id have to be told apart, and a conversation id alone is taken for a
 * group's.
 *
 * @returns undefined where it does not tell.
 */
export function placeOf({ spaceType = '', spaceId = '', userId }: Space): CardPlace | undefined {
  const given = decoded(spaceId).trim()
  const [, prefix, inner] = PREFIXED.exec(given) ?? []
  const type = (prefix ?? spaceType).toUpperCase()
  const id = inner ?? given
  if (type === 'IM_ROBOT') return { type: 'private' }
  // A chat between two people: the bot is in none of those.
  if (type === 'IM_SINGLE') return undefined
  if (id === '') return undefined
  if (id === userId) return { type: 'private' }
  return type === 'IM_GROUP' || type === 'ONE_BOX' || id.startsWith('cid') ? { type: 'group', id } : undefined
}

function decoded(id: string): string {
  if (!id.includes('%')) return id
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
