import { messageId } from '../random/random.ts'
import type { App, Conversation, Person } from '../world/types.ts'
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
  readonly atUsers?: readonly { readonly dingtalkId: string; readonly staffId?: string }[]
  readonly openThreadId: string
  readonly chatbotCorpId: string
  readonly chatbotUserId: string
  readonly robotCode: string
  readonly senderPlatform: string
  readonly senderId: string
  readonly senderNick: string
  /** Missing for people from outside. */
  readonly senderStaffId?: string
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
  /** `content` as a JSON text. */
  readonly contentAsText: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly webhook: { readonly url: string; readonly expiresAt: number }
}

/** What every message has, and what this one says: fields that it lacks are absent on the wire. */
export function robotMessage(parts: RobotMessageParts): RobotMessage {
  const { person, conversation, app, corpId, now, webhook, outsider } = parts
  const inGroup = conversation.type === 'group'
  return {
    senderPlatform: 'Mac',
    conversationId: conversation.conversationId,
    chatbotCorpId: corpId,
    chatbotUserId: app.chatbotUserId,
    openThreadId: conversation.conversationId,
    msgId: messageId(),
    senderNick: person.nick,
    isAdmin: false,
    ...(!outsider && { senderStaffId: person.userId, senderCorpId: corpId }),
    sessionWebhookExpiredTime: webhook.expiresAt,
    createAt: now,
    conversationType: inGroup ? '2' : '1',
    senderId: person.dingtalkId,
    sessionWebhook: webhook.url,
    robotCode: app.robotCode,
    ...(inGroup && {
      conversationTitle: conversation.title,
      isInAtList: true,
      atUsers: [
        { dingtalkId: app.chatbotUserId },
        ...parts.at.map(({ dingtalkId, userId }) => ({ dingtalkId, staffId: userId })),
      ],
    }),
    ...body(parts, inGroup),
    ...parts.quote?.top,
  }
}

function body({ carried, quote, at, contentAsText }: RobotMessageParts, inGroup: boolean) {
  const { msgtype, text, content } = carried
  if (text !== undefined) {
    // The @ of the bot is taken out and leaves the space behind it; those of others stay as plain names.
    const names = at.map(({ nick }) => `@${nick} `).join('')
    return { msgtype, text: { content: inGroup ? ` ${names}${text}` : text, ...quote?.inner } }
  }
  const whole = quote && typeof content === 'object' ? { ...content, ...quote.inner } : content
  return { msgtype, content: contentAsText ? JSON.stringify(whole) : whole }
}

/** What comes in place of a message when the month's pushes are used up; documents name the fields in two ways. */
export function quotaFrame(payload: Readonly<Record<string, unknown>>, fields: 'errorCode' | 'errCode'): object {
  const { msgtype, text, content, ...rest } = payload
  const message = '受调用量超量影响，当前消息服务已经暂停。'
  return fields === 'errorCode'
    ? { ...rest, errorCode: '20001', errorMessage: message }
    : { ...rest, errCode: '20001', errMsg: message }
}
