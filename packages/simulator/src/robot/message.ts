import { messageId } from '../random/random.ts'
import type { App, Conversation, Person } from '../world/types.ts'

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'

/** The `data` of a robot message on the stream. */
export interface RobotMessage {
  readonly msgId: string
  readonly msgtype: 'text'
  readonly text: { readonly content: string }
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
  readonly senderStaffId: string
  readonly senderCorpId: string
  readonly isAdmin: boolean
  readonly sessionWebhook: string
  readonly sessionWebhookExpiredTime: number
}

export interface RobotMessageParts {
  readonly person: Person
  readonly conversation: Conversation
  readonly app: App
  readonly corpId: string
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly webhook: { readonly url: string; readonly expiresAt: number }
}

export function robotMessage({
  person,
  conversation,
  app,
  corpId,
  text,
  now,
  webhook,
}: RobotMessageParts): RobotMessage {
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
    senderStaffId: person.userId,
    sessionWebhookExpiredTime: webhook.expiresAt,
    createAt: now,
    senderCorpId: corpId,
    conversationType: inGroup ? '2' : '1',
    senderId: person.dingtalkId,
    sessionWebhook: webhook.url,
    robotCode: app.robotCode,
    msgtype: 'text',
    ...(inGroup && {
      conversationTitle: conversation.title,
      isInAtList: true,
      atUsers: [{ dingtalkId: app.chatbotUserId }],
    }),
    // The platform takes the @ of the bot out of the text, and leaves the space behind it.
    text: { content: inGroup ? ` ${text}` : text },
  }
}
