import type { Switches } from '../../options/switches.ts'
import { messageId } from '../../utils/random.ts'
import type { App, Conversation, Person } from '../../world/types.ts'
import type { Carried } from './content.ts'
import type { Quote } from './quote.ts'

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'
export const DELEGATE_TOPIC = '/v1.0/im/bot/messages/delegate'

/** The `data` of a robot message on the stream. */
export interface RobotMessage {
  readonly msgId: string
  readonly msgtype: string
  /** Of msgtype `text`; all others carry `content`. */
  readonly text?: RobotText
  readonly content?: unknown
  readonly createAt: number
  readonly conversationId: string
  readonly conversationType: '1' | '2'
  readonly conversationTitle?: string
  readonly isInAtList?: boolean
  readonly atUsers?: readonly { readonly dingtalkId: string; readonly staffId?: string; readonly unionId?: string }[]
  readonly openThreadId: string
  readonly chatbotCorpId: string
  readonly chatbotUserId: string
  readonly robotCode: string
  readonly senderPlatform: string
  readonly senderId: string
  readonly senderNick: string
  /** Missing or empty for people from outside. */
  readonly senderStaffId?: string
  readonly senderUnionId?: string
  readonly senderCorpId?: string
  readonly isAdmin: boolean
  readonly sessionWebhook: string
  readonly sessionWebhookExpiredTime: number
  readonly [field: string]: unknown
}

export interface RobotText {
  readonly content: string
  readonly isReplyMsg?: boolean
  readonly repliedMsg?: unknown
}

export interface RobotMessageParts {
  readonly person: Person
  readonly conversation: Conversation
  readonly app: App
  readonly corpId: string
  readonly carried: Carried
  readonly quote: Quote | undefined
  /** Others who are mentioned. */
  readonly at: readonly Person[]
  readonly outsider: boolean
  /** What they write with. */
  readonly client: string
  readonly switches: Switches
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly webhook: { readonly url: string; readonly expiresAt: number }
}

/** What every message has, and what this one says: fields that it lacks are absent on the wire. */
export function robotMessage(parts: RobotMessageParts): RobotMessage {
  const { person, conversation, app, corpId, now, webhook, client, switches } = parts
  return {
    senderPlatform: client,
    conversationId: conversation.conversationId,
    chatbotCorpId: corpId,
    chatbotUserId: app.chatbotUserId,
    openThreadId: conversation.conversationId,
    msgId: messageId(),
    senderNick: person.nick,
    isAdmin: false,
    ...staff(parts),
    sessionWebhookExpiredTime: webhook.expiresAt,
    createAt: now,
    conversationType: conversation.type === 'group' ? '2' : '1',
    senderId: person.dingtalkId,
    sessionWebhook: webhook.url,
    robotCode: app.robotCode,
    ...(switches.unionIds && { senderUnionId: person.unionId }),
    ...(conversation.type === 'group' && inGroup(parts)),
    ...body(parts),
    ...parts.carried.top,
    ...parts.quote?.top,
  }
}

function staff({ person, corpId, outsider, switches }: RobotMessageParts) {
  if (!outsider) return { senderStaffId: person.userId, senderCorpId: corpId }
  return switches.outsiderStaffId === 'empty' && { senderStaffId: '' }
}

/** The bot stands last in every whole capture, whatever the order in the text. */
function inGroup({ conversation, app, at, switches }: RobotMessageParts) {
  const others = at.map(({ dingtalkId, userId, unionId }) => {
    return { ...(switches.unionIds && { unionId }), dingtalkId, staffId: userId }
  })
  return {
    conversationTitle: conversation.title,
    isInAtList: true,
    atUsers: [...others, { dingtalkId: app.chatbotUserId }],
  }
}

function body({ carried, quote, switches }: RobotMessageParts) {
  const { msgtype, text, content } = carried
  if (text !== undefined) return { msgtype, text: { content: text, ...quote?.inner } }
  const whole = quote && typeof content === 'object' ? { ...content, ...quote.inner } : content
  return { msgtype, content: switches.content === 'string' ? JSON.stringify(whole) : whole }
}

/** What comes in place of a message when the month's pushes are used up; documents name the fields in two ways. */
export function quotaFrame(payload: Readonly<Record<string, unknown>>, fields: 'errorCode' | 'errCode'): object {
  const { msgtype, text, content, ...rest } = payload
  const message = '受调用量超量影响，当前消息服务已经暂停。'
  return fields === 'errorCode'
    ? { ...rest, errorCode: '20001', errorMessage: message }
    : { ...rest, errCode: '20001', errMsg: message }
}
