import type { CardPlace } from './known-card.ts'

interface Space {
  readonly spaceType?: string | undefined
  readonly spaceId?: string | undefined
  readonly userId: string
}

/** Form of `openSpaceId`: `dtv1.card//im.cid…`. */
const PREFIXED = /^dtv1\.card\/\/(?:([a-z_]+)\.)?([^;]*)/i

/**
 * Determines the conversation of a click from the click itself. All captures have `im`, with a conversation id for a
 * group. There is none of a private chat; so userIds and conversation ids are told apart, and a conversation id alone
 * counts as a group.
 *
 * @returns `undefined` if the click does not tell.
 */
export function placeOf({ spaceType = '', spaceId = '', userId }: Space): CardPlace | undefined {
  const given = decoded(spaceId).trim()
  const [, prefix, inner] = PREFIXED.exec(given) ?? []
  const type = (prefix ?? spaceType).toUpperCase()
  const id = inner ?? given
  if (type === 'IM_ROBOT') return { type: 'private' }
  // A chat between two people, of which the bot is not a member.
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
