import type { SentStore } from '../../world/sent.ts'
import type { App, Conversation } from '../../world/types.ts'
import type { World } from '../../world/world.ts'
import type { DeliverModels } from './models.ts'
import type { CardBody } from './request.ts'
import type { SpaceAddress } from './spaces.ts'
import { shownAs } from './store.ts'
import type { CardSpace, CardState } from './types.ts'

/** One entry of `deliverResults`. */
export interface DeliverResult {
  readonly spaceType: string
  readonly spaceId: string
  readonly success: boolean
  /** Only of what was delivered. */
  readonly carrierId?: string
  readonly errorMsg: string
}

/** As captured where the card has no model for the kind of space; the address that was asked for is not in it. */
const NO_SPACE = { spaceType: 'IM', spaceId: 'IM_ALL', success: false, errorMsg: 'spaces of card is empty' } as const

export interface DeliverDeps {
  readonly world: World
  readonly sent: SentStore
}

/** Shows a card in each of its spaces. One that cannot be reached is reported, and keeps the others from nothing. */
export function deliver(
  deps: DeliverDeps,
  app: App,
  card: CardState,
  { body, spaces: addresses }: { readonly body: CardBody; readonly spaces: readonly SpaceAddress[] },
): { results: DeliverResult[]; spaces: CardSpace[] } {
  const results: DeliverResult[] = []
  const spaces: CardSpace[] = []
  for (const address of addresses) {
    if (!card.spaceModels.includes(address.spaceType)) {
      results.push(NO_SPACE)
      continue
    }
    const conversation = conversationOf(deps.world, app, address, body)
    if (typeof conversation === 'string') {
      results.push({ ...address, success: false, errorMsg: conversation })
      continue
    }
    // On top of a chat it is no message: nothing to be recalled or read.
    const carrierId = address.spaceType === 'ONE_BOX' ? '' : deps.sent.newKey()
    const { conversationId } = conversation
    const messageId = carrierId ? show(deps, app, card, { address, conversation, carrierId, body }) : ''
    spaces.push({ ...address, conversationId, carrierId, messageId })
    results.push({ ...address, success: true, carrierId, errorMsg: '' })
  }
  return { results, spaces }
}

const ILLEGAL = 'spaceId is illegal'
const NO_MEMBER = 'robot is not a member of the group'

/** `IM_ROBOT` names a person, all others a conversation; a text says why it cannot be had. */
function conversationOf(
  world: World,
  app: App,
  { spaceType, spaceId }: SpaceAddress,
  { userIdType, deliverModels }: Pick<CardBody, 'userIdType' | 'deliverModels'>,
): Conversation | string {
  if (spaceType === 'IM_ROBOT') return privateChatOf(world, app, spaceId, { userIdType, deliverModels }) ?? ILLEGAL
  const place = world.conversations.get(spaceId)
  if (!place || place.disbanded) return ILLEGAL
  if (!place.robotCodes.includes(app.robotCode)) return place.type === 'group' ? NO_MEMBER : ILLEGAL
  if (spaceType === 'ONE_BOX') return place
  if (spaceType === 'IM_SINGLE') return place.type === 'private' && place.memberIds.length > 1 ? place : ILLEGAL
  return place.type === 'group' && deliverModels.group?.robotCode === app.robotCode ? place : ILLEGAL
}

function privateChatOf(
  world: World,
  app: App,
  id: string,
  { userIdType, deliverModels }: { readonly userIdType: 1 | 2; readonly deliverModels: DeliverModels },
): Conversation | undefined {
  const idOf = userIdType === 1 ? 'userId' : 'unionId'
  const person = [...world.people.values()].find(it => it[idOf] === id)
  const robotCode = deliverModels.robot?.robotCode
  const isOwn = !robotCode || robotCode === app.robotCode
  return person && isOwn ? world.privateChat(person, app) : undefined
}

interface Showing {
  readonly address: SpaceAddress
  readonly conversation: Conversation
  readonly carrierId: string
  readonly body: CardBody
}

const kinds = { IM_ROBOT: 'oto', IM_GROUP: 'group', IM_SINGLE: 'private', ONE_BOX: 'group' } as const

/** The id of the message. */
function show({ world, sent }: DeliverDeps, app: App, card: CardState, showing: Showing): string {
  const { address, conversation, carrierId, body } = showing
  const { conversationId } = conversation
  const group = address.spaceType === 'IM_GROUP' ? body.deliverModels.group : undefined
  const recipients = group?.recipients && { recipients: userIds(world, group.recipients, body.userIdType) }
  const message = world.post({
    conversationId,
    from: { kind: 'bot', id: app.robotCode, nick: app.name },
    content: shownAs(card),
    via: 'card',
    processQueryKey: carrierId,
    ...recipients,
    body: body.json,
  })
  const kind = kinds[address.spaceType]
  const place = kind === 'oto' ? undefined : conversationId
  sent.keep({ key: carrierId, kind, robotCode: app.robotCode, conversationId: place, messages: [message] })
  return message.id
}

function userIds(world: World, ids: readonly string[], userIdType: 1 | 2): readonly string[] {
  if (userIdType === 1) return ids
  return ids.flatMap(id => [...world.people.values()].find(({ unionId }) => unionId === id)?.userId ?? [])
}
