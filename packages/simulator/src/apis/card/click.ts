import type { Pushes } from '../../gateway/pushes.ts'
import type { AckResult, Delivery } from '../../gateway/types.ts'
import type { CallbackShape, Switches } from '../../options/switches.ts'
import { secretId } from '../../utils/random.ts'
import type { App, Person } from '../../world/types.ts'
import type { CardDeps } from './deps.ts'
import { type CardResponse, parseCardResponse } from './response.ts'
import type { Card, CardSpace } from './types.ts'

export const CARD_TOPIC = '/v1.0/card/instances/callback'
/** Milliseconds that a bot has for the answer to a click (open.dingtalk.com: event-callback-card). */
export const CARD_DEADLINE = 2_000

/**
 * Options of a click: they change the callback that is pushed.
 *
 * @example
 * await alice.click(card, '同意', {}, { shape: 'minimal' })
 */
export interface ClickOptions {
  /** The shape of the callback: by default that of `switches.clickShape`. */
  readonly shape?: CallbackShape
  /** Fields to set in the callback in place of its own; one that is undefined is removed. */
  readonly fields?: Readonly<Record<string, unknown>>
}

export interface Click extends ClickOptions {
  readonly person: Person
  readonly outTrackId: string
  readonly actionIds: readonly string[]
  readonly params: Readonly<Record<string, unknown>>
}

/**
 * The outcome of a click on a card, or of a form that was submitted.
 *
 * @example
 * const { ack, response, card } = await alice.click('trk_1', '同意')
 * expect(response?.cardData).toEqual({ state: 'approved' })
 *
 * A click on a card without `callbackType: 'STREAM'` reaches nobody: its `ack` is `undelivered`.
 */
export interface Clicked {
  /** The push of the callback. */
  readonly delivery: Delivery
  /** The bot's ack: it has 2 s, after which the status is `timeout`. */
  readonly ack: AckResult
  /** The bot's answer; undefined when there was no good one within 2 s. */
  readonly response: CardResponse | undefined
  /** The card afterwards, with the answer in it. */
  readonly card: Card
  /** The `data` that was pushed, under `/v1.0/card/instances/callback`. */
  readonly payload: Readonly<Record<string, unknown>>
}

export interface ClickDeps extends Pick<CardDeps, 'world' | 'cards' | 'violation' | 'switches'> {
  readonly pushes: Pushes
  readonly inCallback: Set<string>
}

/** Lets a person press a button or submit a form; resolves when the answer is in the card, or there is none. */
export async function click(deps: ClickDeps, app: App, request: Click): Promise<Clicked> {
  const { outTrackId, person } = request
  const card = deps.cards.find(outTrackId, app.clientId)
  if (!card) throw new Error(`There is no card ${outTrackId} to be clicked`)
  const payload = callback(deps, card, spaceOf(deps, card, person), request)
  return pushCallback(deps, app, { card, person, payload })
}

/** Pushes a callback, and puts the answer into the card. */
export async function pushCallback(
  deps: ClickDeps,
  app: App,
  { card, person, payload }: { card: Card; person: Person; payload: Clicked['payload'] },
): Promise<Clicked> {
  const { cards, pushes, inCallback } = deps
  const { outTrackId } = card
  // Without callbackType STREAM no callback goes to the stream.
  if (card.callbackType !== 'STREAM') return { ...nobody(), card, payload }
  inCallback.add(outTrackId)
  const { delivery } = await pushes.push(app, {
    type: 'CALLBACK',
    topic: CARD_TOPIC,
    data: payload,
    deadline: CARD_DEADLINE,
  })
  const ack = await delivery.ack
  inCallback.delete(outTrackId)
  const response = apply(deps, card, person, ack)
  return { delivery, ack, response, card: cards.all.get(outTrackId) ?? card, payload }
}

function spaceOf({ world }: ClickDeps, card: Card, { userId, nick }: Person): CardSpace {
  const messages = new Map(world.messages.map(message => [message.id, message]))
  const space = card.spaces.find(({ messageId, conversationId }) => {
    if (messageId === '') return world.conversations.get(conversationId)?.memberIds.includes(userId)
    const message = messages.get(messageId)
    return message && world.sees(message, userId)
  })
  if (!space) throw new Error(`${nick} does not see card ${card.outTrackId}, and cannot click it`)
  return space
}

function callback(deps: ClickDeps, card: Card, space: CardSpace, click: Click): Readonly<Record<string, unknown>> {
  const { world, switches } = deps
  const { actionIds, params, shape = switches.clickShape, person, fields } = click
  const isBeside = shape === 'paramsBeside'
  const content = JSON.stringify(
    isBeside ? { cardPrivateData: { actionIds }, params } : { cardPrivateData: { actionIds, params } },
  )
  if (shape === 'assistant') return { conversationToken: secretId(), content, ...fields }
  const { outTrackId, userIdType } = card
  const userId = userIdType === 1 ? person.userId : person.unionId
  const place = { spaceType: switches.spaceType, spaceId: spaceIdOf(space, switches) }
  if (shape === 'valueOnly') return { outTrackId, userId, ...place, value: content, ...fields }
  const documented = { type: 'actionCallback', outTrackId, corpId: world.corpId, userId, content }
  if (shape === 'minimal') return { ...documented, ...fields }
  return { ...documented, userIdType, ...place, extension: '{}', value: content, ...fields }
}

function spaceIdOf({ spaceType, spaceId, conversationId }: CardSpace, switches: Switches): string {
  const isPrivate = spaceType === 'IM_ROBOT' && switches.privateSpaceId === 'userId'
  const id = isPrivate ? spaceId : conversationId
  return switches.spaceIdForm === 'prefixed' ? `dtv1.card//im.${id}` : id
}

function apply(
  { cards, violation, switches }: ClickDeps,
  card: Card,
  person: Person,
  ack: AckResult,
): CardResponse | undefined {
  const response = parseCardResponse(ack)
  if (typeof response === 'string') {
    violation({ reason: response, raw: ack.status === 'acked' ? ack.data : '' })
    return undefined
  }
  if (!response) return undefined
  const { cardData, userPrivateData } = response
  const userId = card.userIdType === 1 ? person.userId : person.unionId
  const byKey = response.updateCardDataByKey
  // In a chat of one person with the bot nobody else sees the card.
  const isAlone = card.spaces.every(({ spaceType }) => spaceType === 'IM_ROBOT')
  const isForAll = isAlone || switches.clickAnswer === 'everybody'
  cards.patch(card.outTrackId, {
    variables: isForAll ? cardData : undefined,
    answer: isForAll ? undefined : cardData && { userId, variables: cardData, byKey },
    privateVariables: userPrivateData && { [userId]: userPrivateData },
    byKey,
    privateByKey: response.updatePrivateDataByKey,
  })
  return response
}

function nobody(): Pick<Clicked, 'delivery' | 'ack' | 'response'> {
  const ack: AckResult = { status: 'undelivered' }
  const delivery = { messageId: '', delivered: false, connectionId: undefined, ack: Promise.resolve(ack) }
  return { delivery, ack, response: undefined }
}
