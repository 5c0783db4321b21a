import type { SpaceType } from './types.ts'

export interface SpaceAddress {
  readonly spaceType: SpaceType
  readonly spaceId: string
}

const types: readonly SpaceType[] = ['IM_GROUP', 'IM_ROBOT', 'IM_SINGLE', 'ONE_BOX']
const PREFIX = 'dtv1.card//'

/** Reads `dtv1.card//IM_GROUP.cidA;IM_ROBOT.u1`; undefined when it is none. Samples show type names in either case. */
export function parseOpenSpaceId(openSpaceId: string): readonly SpaceAddress[] | undefined {
  if (!openSpaceId.startsWith(PREFIX)) return undefined
  const spaces = openSpaceId.slice(PREFIX.length).split(';').map(parseSpace)
  return spaces.every(space => space !== undefined) ? spaces : undefined
}

function parseSpace(part: string): SpaceAddress | undefined {
  const dot = part.indexOf('.')
  const name = part.slice(0, dot).toUpperCase()
  const spaceType = types.find(type => type === name)
  const spaceId = part.slice(dot + 1)
  return spaceType && spaceId ? { spaceType, spaceId } : undefined
}
