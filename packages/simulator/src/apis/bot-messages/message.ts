import type { Switches } from '../../options/switches.ts'
import { messageId } from '../../utils/random.ts'
import type { App, Conversation, Person } from '../../world/types.ts'
import type { WireContent } from './content.ts'
import type { Quote } from './quote.ts'

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'
export const DELEGATE_TOPIC = '/v1.0/im/bot/messages/delegate'

/**
 * The payload (`data`) of a message to the bot on the stream, by DingTalk's own names.
 *
 * @example
 * const { payload } = await alice.say('hi')
 * expect(payload.text?.content).toBe('hi')
 */
export interface RobotMessage {
  /** The id of the message; the same when it is redelivered. */
  readonly msgId: string
  /** `text`, `richText`, `picture`, `audio`, `video`, `file`, … */
  readonly msgtype: string
  /** Of msgtype `text`; all others toWireContent `content`. */
  readonly text?: RobotText
  /** The content of every other `msgtype`. */
  readonly content?: unknown
  /** Milliseconds since the epoch. */
  readonly createAt: number
  /** The conversation, an `openConversationId`. */
  readonly conversationId: string
  /** `1` for a private chat, `2` for a group. */
  readonly conversationType: '1' | '2'
  /** The title of a group; missing in a private chat. */
  readonly conversationTitle?: string
  /** Whether the bot is @ed; in groups only. */
  readonly isInAtList?: boolean
  /** The people who are @ed, and last the bot; in groups only. */
  readonly atUsers?: readonly { readonly dingtalkId: string; readonly staffId?: string; readonly unionId?: string }[]
  /** The same as `conversationId`. */
  readonly openThreadId: string
  /** The bot's organisation. */
  readonly chatbotCorpId: string
  /** The bot's encrypted id, as it stands in `atUsers`. */
  readonly chatbotUserId: string
  /** The bot's code, which send APIs ask for. */
  readonly robotCode: string
  /** The client that the person writes with: `Mac`, `Win`, `iOS`, … */
  readonly senderPlatform: string
  /** The sender's encrypted id. */
  readonly senderId: string
  /** The sender's name. */
  readonly senderNick: string
  /** The sender's userId. Missing or empty for people from outside. */
  readonly senderStaffId?: string
  /** The sender's unionId, by `switches.unionIds`. */
  readonly senderUnionId?: string
  /** The sender's organisation; missing for people from outside. */
  readonly senderCorpId?: string
  /** Whether the sender is an administrator; false here. */
  readonly isAdmin: boolean
  /** The address for replies into this conversation. */
  readonly sessionWebhook: string
  /** The end of that address, 90 minutes later, in milliseconds since the epoch. */
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
  readonly wire: WireContent
  readonly quote: Quote | undefined
  /** Others who are mentioned. */
  readonly at: readonly Person[]
  readonly outsider: boolean
  /** The client that the person writes with. */
  readonly client: string
  readonly switches: Switches
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly webhook: { readonly url: string; readonly expiresAt: number }
}

/** Builds the payload of a message. A field that does not apply is absent on the wire. */
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
    ...parts.wire.top,
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

function body({ wire, quote, switches }: RobotMessageParts) {
  const { msgtype, text, content } = wire
  if (text !== undefined) return { msgtype, text: { content: text, ...quote?.inner } }
  const whole = quote && typeof content === 'object' ? { ...content, ...quote.inner } : content
  return { msgtype, content: switches.content === 'string' ? JSON.stringify(whole) : whole }
}

/** The payload in place of a message when the month's pushes are used up; documents name its fields in two ways. */
export function quotaFrame(payload: Readonly<Record<string, unknown>>, fields: 'errorCode' | 'errCode'): object {
  const { msgtype, text, content, ...rest } = payload
  const message = '受调用量超量影响，当前消息服务已经暂停。'
  return fields === 'errorCode'
    ? { ...rest, errorCode: '20001', errorMessage: message }
    : { ...rest, errCode: '20001', errMsg: message }
}
