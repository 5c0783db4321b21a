import type { CardAt, DeliverOptions, DynamicDataSource, TopBox } from '../template/deliver-options.ts'
import { withoutBlanks } from '../template/templates.ts'
import { toPrivateData, type Variables } from '../template/variables.ts'
import { spaceModelOf } from './space-model.ts'
import type { CardTarget } from './target.ts'

/** The sender of the message that a card replies to. */
export interface Sender {
  readonly staffId?: string | undefined
  readonly unionId?: string | undefined
  readonly nick?: string | undefined
}

/** A card to be created. */
export interface NewCard {
  readonly outTrackId: string
  readonly templateId: string
  readonly variables: Variables
  readonly target: CardTarget
  readonly options: DeliverOptions
  readonly sender?: Sender | undefined
}

/** The bodies of the calls that create and deliver (create-and-deliver-cards, create-card, deliver-card-interface). */
export interface Bodies {
  readonly both: object
  readonly create: object
  readonly deliver: object
}

export function bodiesOf(card: NewCard): Bodies {
  const { options, outTrackId } = card
  const userIdType = options.userIds === 'unionId' ? 2 : 1
  const create = {
    cardTemplateId: card.templateId,
    outTrackId,
    // Without STREAM no click ever arrives on the stream.
    ...callbackOf(options.callback),
    userIdType,
    ...cardDataOf(card),
    ...(options.privateData && { privateData: toPrivateData(options.privateData) }),
    ...(options.cardAtUsers && { cardAtUserIds: options.cardAtUsers }),
    ...(options.dynamicData && {
      openDynamicDataConfig: { dynamicDataSourceConfigs: options.dynamicData.map(dynamicDataOf) },
    }),
    ...spaceModels(card),
  }
  const space = { openSpaceId: openSpaceId(card), ...deliverModels(card) }
  const { extra } = options
  return {
    both: { ...create, ...space, ...extra },
    create: { ...create, ...extra },
    deliver: { outTrackId, userIdType, ...space },
  }
}

/** An empty map is refused (`param.empty`, soimy#33); a card that asks for its data needs none (dingtalk-card-examples). */
function cardDataOf({ templateId, variables, options }: NewCard): object {
  const cardParamMap = withoutBlanks(templateId, variables)
  return options.dynamicData && Object.keys(cardParamMap).length === 0 ? {} : { cardData: { cardParamMap } }
}

function callbackOf(callback: DeliverOptions['callback'] = 'stream'): object {
  return callback === 'stream'
    ? { callbackType: 'STREAM' }
    : { callbackType: 'HTTP', callbackRouteKey: callback.routeKey }
}

function dynamicDataOf({ id, params = {}, pull = 'ONCE', every }: DynamicDataSource): object {
  const pullConfig =
    every === undefined ? { pullStrategy: pull } : { pullStrategy: 'INTERVAL', interval: every, timeUnit: 'SECONDS' }
  return { dynamicDataSourceId: id, constParams: params, pullConfig }
}

function openSpaceId({ target: { address }, options: { topBox } }: NewCard): string {
  const isShown = topBox?.only !== true
  if ('users' in address)
    return `dtv1.card//${[address.users]
      .flat()
      .map(id => `IM_ROBOT.${id}`)
      .join(';')}`
  if ('privateChat' in address) return `dtv1.card//IM_SINGLE.${address.privateChat}`
  const spaces = [...(isShown ? [`IM_GROUP.${address.group}`] : []), ...(topBox ? [`ONE_BOX.${address.group}`] : [])]
  return `dtv1.card//${spaces.join(';')}`
}

/** The models of a group and of a chat with the robot always go together, as from the official SDKs and most live bots. */
function spaceModels({ target: { address }, options }: NewCard): object {
  const { topBox } = options
  const model = spaceModelOf(options)
  if ('privateChat' in address) return { imSingleOpenSpaceModel: model }
  return {
    ...(topBox?.only !== true && { imGroupOpenSpaceModel: model, imRobotOpenSpaceModel: model }),
    ...('group' in address && topBox && { topOpenSpaceModel: { spaceType: 'ONE_BOX' } }),
  }
}

function deliverModels({ target: { robotCode, address }, options, sender }: NewCard): object {
  const { at, recipients, topBox, userIds } = options
  const mentions =
    at === undefined
      ? {}
      : { atUserIds: mentionsOf(at, userIds === 'unionId' ? sender?.unionId : sender?.staffId, sender?.nick) }
  const extension = extensionOf(options, 'users' in address)
  // Without robotCode, the card may come from another robot of the organisation.
  if ('users' in address) return { imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode, ...extension } }
  if ('privateChat' in address) return { imSingleOpenDeliverModel: { ...mentions, ...extension } }
  return {
    ...(topBox?.only !== true && {
      imGroupOpenDeliverModel: { robotCode, ...mentions, ...(recipients && { recipients }), ...extension },
    }),
    ...(topBox && { topOpenDeliverModel: topOf(topBox) }),
  }
}

/** In a chat with the robot the list of chats follows the card, as from DingTalk's own connector, unless it says something else. */
function extensionOf({ hosting, lastMessage, dynamicSummary }: DeliverOptions, isPrivate: boolean): object {
  const isFollowed = dynamicSummary ?? (isPrivate && lastMessage === undefined)
  const extension = {
    ...(hosting !== undefined && { hostingRepliedContext: JSON.stringify({ userId: hosting }) }),
    ...(isFollowed && { dynamicSummary: 'true' }),
  }
  return Object.keys(extension).length > 0 ? { extension } : {}
}

function topOf({ expiresIn, users, platforms }: TopBox): object {
  return {
    expiredTimeMillis: Date.now() + expiresIn,
    ...(users && { userIds: users }),
    // A list (create-and-deliver-cards), and not joined text.
    ...(platforms && { platforms }),
  }
}

/** @param sender the id of whom the card answers, of the kind that the card has. */
function mentionsOf(at: CardAt, sender: string | undefined, nick?: string): Readonly<Record<string, string>> {
  if (at === 'all') return { '@ALL': '@ALL' }
  if (at === 'sender') return sender ? { [sender]: nick ?? sender } : {}
  return isList(at) ? Object.fromEntries(at.map(id => [id, id])) : at
}

function isList(at: Exclude<CardAt, string>): at is readonly string[] {
  return Array.isArray(at)
}
