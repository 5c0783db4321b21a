import { toPrivateData, type Variables } from '../variables/variables.ts'
import type { CardAt, DeliverOptions, DynamicDataSource, TopBox } from './options.ts'
import type { CardTarget } from './target.ts'

/** Who sent the message that a card replies to. */
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
    cardData: { cardParamMap: card.variables },
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

function spaceModels({ target: { address }, options }: NewCard): object {
  const { supportForward = true, lastMessage, topBox } = options
  const model = { supportForward, ...(lastMessage !== undefined && { lastMessageI18n: { ZH_CN: lastMessage } }) }
  if ('users' in address) return { imRobotOpenSpaceModel: model }
  if ('privateChat' in address) return { imSingleOpenSpaceModel: model }
  return { imGroupOpenSpaceModel: model, ...(topBox && { topOpenSpaceModel: { spaceType: 'ONE_BOX' } }) }
}

function deliverModels({ target: { robotCode, address }, options, sender }: NewCard): object {
  const { at, recipients, hosting, topBox, userIds } = options
  const extension =
    hosting === undefined ? {} : { extension: { hostingRepliedContext: JSON.stringify({ userId: hosting }) } }
  const mentions =
    at === undefined
      ? {}
      : { atUserIds: mentionsOf(at, userIds === 'unionId' ? sender?.unionId : sender?.staffId, sender?.nick) }
  // Without robotCode, the card may come from another robot of the organisation.
  if ('users' in address) return { imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode, ...extension } }
  if ('privateChat' in address) return { imSingleOpenDeliverModel: { ...mentions, ...extension } }
  const group = { robotCode, ...mentions, ...(recipients && { recipients }), ...extension }
  return { imGroupOpenDeliverModel: group, ...(topBox && { topOpenDeliverModel: topOf(topBox) }) }
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
