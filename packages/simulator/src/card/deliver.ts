import { secretId } from '../random/random.ts'
import type { App, Conversation } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { CardRequest } from './request.ts'
import type { SpaceAddress } from './spaces.ts'
import type { CardSpace } from './types.ts'

/** One entry of `result.deliverResults`. */
export interface DeliverResult extends SpaceAddress {
  readonly success: boolean
  readonly carrierId: string
  readonly errorMsg: string
}

/** Shows a card in each of its spaces. One that cannot be reached is reported, and keeps the others from nothing. */
export function deliver(
  world: World,
  app: App,
  request: CardRequest,
): { results: DeliverResult[]; spaces: CardSpace[] } {
  const results: DeliverResult[] = []
  const spaces: CardSpace[] = []
  for (const address of request.spaces) {
    const conversation = conversationOf(world, app, address, request)
    if (!conversation) {
      results.push({ ...address, success: false, carrierId: '', errorMsg: 'spaceId is illegal' })
      continue
    }
    const carrierId = secretId()
    const { conversationId } = conversation
    show(world, app, request, conversationId, carrierId)
    spaces.push({ ...address, conversationId, carrierId })
    results.push({ ...address, success: true, carrierId, errorMsg: '' })
  }
  return { results, spaces }
}

/** `IM_ROBOT` names a person, `IM_GROUP` a conversation. The other two kinds of space are not there yet. */
function conversationOf(
  world: World,
  app: App,
  { spaceType, spaceId }: SpaceAddress,
  { userIdType, groupRobotCode, privateRobotCode }: CardRequest,
): Conversation | undefined {
  if (spaceType === 'IM_GROUP') {
    const group = world.conversations.get(spaceId)
    const canSpeak = groupRobotCode === app.robotCode && group?.robotCodes.includes(groupRobotCode)
    return group?.type === 'group' && canSpeak ? group : undefined
  }
  if (spaceType !== 'IM_ROBOT') return undefined
  const idOf = userIdType === 1 ? 'userId' : 'unionId'
  const person = [...world.people.values()].find(it => it[idOf] === spaceId)
  const isOwn = privateRobotCode === '' || privateRobotCode === app.robotCode
  return person && isOwn ? world.privateChat(person, app) : undefined
}

function show(world: World, app: App, request: CardRequest, conversationId: string, id: string): void {
  const { outTrackId, templateId, variables, body } = request
  const from = { kind: 'bot', id: app.robotCode, nick: app.name } as const
  const content = { kind: 'card', outTrackId, templateId, variables } as const
  world.post({ id, conversationId, from, content, via: 'card', body })
}
