import { inspect } from 'node:util'
import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, loggable } from '../lenient/payload.ts'
import { knownRobotCode } from './robot-code.ts'

/** Person or bot mentioned in a group message. */
export interface AtUser {
  /** Encrypted id, which tells people apart. */
  readonly dingtalkId?: string | undefined
  /** userId, which the APIs want; only for members of the bot's organisation. */
  readonly staffId?: string | undefined
  /** unionId; rarely sent. */
  readonly unionId?: string | undefined
}

/** Person on whose behalf the bot answers ("AI hosting"). */
export interface HostingContext {
  /** userId of that person. */
  readonly userId?: string | undefined
  /** Display name of that person. */
  readonly nick?: string | undefined
}

/** Earlier message of a hosted conversation, without its text. */
export interface ConversationMessage {
  /** `2` if the hosted person has read it; see `isReadByHosted`. */
  readonly readStatus?: string | undefined
  /** userId of the sender. */
  readonly senderUserId?: string | undefined
  /** Time of sending, in milliseconds since the epoch. */
  readonly sendTime?: number | undefined
}

/** Fields that messages of all types share, under DingTalk's own names (receive-message). */
export interface MessageBase extends FromPayload {
  /** Id of the message, the same for each redelivery and for all bots of a group that get it. `''` if missing. */
  readonly msgId: string
  /** Id of the conversation, case-sensitive. `''` if missing. */
  readonly conversationId: string
  /** `1` for a private chat, `2` for a group. `1` if missing, since a reply for one person must not reach a group. */
  readonly conversationType: string
  /** Name of the group. */
  readonly conversationTitle?: string | undefined
  /** Scene of a group that was created by an app (custom robot by HTTP, shockerli go-robot). */
  readonly sceneGroupCode?: string | undefined
  /** Seen to be equal to `conversationId`. */
  readonly openThreadId?: string | undefined
  /** Encrypted id of the sender, which tells people apart. `''` if missing. */
  readonly senderId: string
  /**
   * userId of the sender, which the APIs want. Missing for people outside the organisation, and while the app is
   * unpublished.
   */
  readonly senderStaffId?: string | undefined
  /** unionId of the sender; rarely sent. */
  readonly senderUnionId?: string | undefined
  /** Display name of the sender. */
  readonly senderNick?: string | undefined
  /** Organisation of the sender. */
  readonly senderCorpId?: string | undefined
  /** Client of the sender: `iOS`, `Android`, `Mac`, `Win`, … */
  readonly senderPlatform?: string | undefined
  /** True if the sender is an administrator of the organisation. */
  readonly isAdmin?: boolean | undefined
  /** True if the bot itself is mentioned. */
  readonly isInAtList?: boolean | undefined
  /** Everybody who is mentioned, including the bot, in no particular order. See `ctx.mentions`. */
  readonly atUsers?: readonly AtUser[] | undefined
  /** Time of sending, in milliseconds since the epoch. */
  readonly createAt?: number | undefined
  /**
   * Robot that the message was sent to; for an internal app its clientId. Missing for custom robots, which have none
   * and may send `normal`.
   */
  readonly robotCode?: string | undefined
  /** Encrypted id of the bot. */
  readonly chatbotUserId?: string | undefined
  /** Organisation of the bot. */
  readonly chatbotCorpId?: string | undefined
  /** In replies: id of the quoted message. See `ctx.quoted`. */
  readonly originalMsgId?: string | undefined
  /** In replies to the bot: the `processQueryKey` of the bot's message, or the `carrierId` of its card. */
  readonly originalProcessQueryKey?: string | undefined
  /** Person on whose behalf the bot answers; in delegate messages. */
  readonly hostingContext?: HostingContext | undefined
  /** Earlier messages of the conversation; in delegate messages. */
  readonly conversationMsgContext?: readonly ConversationMessage[] | undefined
  /** Expiry of the session webhook, in milliseconds since the epoch; 90 minutes after the message. */
  readonly sessionWebhookExpiredTime?: number | undefined
  /**
   * Address for replies, which needs no token: a secret, so not enumerable. Valid until `sessionWebhookExpiredTime`.
   */
  readonly sessionWebhook?: string | undefined
}

const { filledOf, flagOf, idOf, listOf, numberOf, textOf } = lenient

const Hosting = lenient.fields(v.object({ userId: lenient.id, nick: lenient.filled }))
const Earlier = lenient.list(v.object({ readStatus: lenient.id, senderUserId: lenient.id, sendTime: lenient.number }))

/**
 * Fields that all messages share, read from a payload. What is missing, or cannot be read, is left out; what routing
 * needs has a default: no field may prevent a message from being handled.
 *
 * It is a class so that the payload and the session webhook are no properties of its objects, which get copied and
 * printed.
 */
export class BaseOfMessage implements MessageBase {
  declare readonly msgId: MessageBase['msgId']
  declare readonly conversationId: MessageBase['conversationId']
  declare readonly conversationType: MessageBase['conversationType']
  declare readonly senderId: MessageBase['senderId']
  declare readonly conversationTitle?: MessageBase['conversationTitle']
  declare readonly sceneGroupCode?: MessageBase['sceneGroupCode']
  declare readonly openThreadId?: MessageBase['openThreadId']
  declare readonly senderStaffId?: MessageBase['senderStaffId']
  declare readonly senderUnionId?: MessageBase['senderUnionId']
  declare readonly senderNick?: MessageBase['senderNick']
  declare readonly senderCorpId?: MessageBase['senderCorpId']
  declare readonly senderPlatform?: MessageBase['senderPlatform']
  declare readonly isAdmin?: MessageBase['isAdmin']
  declare readonly isInAtList?: MessageBase['isInAtList']
  declare readonly atUsers?: MessageBase['atUsers']
  declare readonly createAt?: MessageBase['createAt']
  declare readonly robotCode?: MessageBase['robotCode']
  declare readonly chatbotUserId?: MessageBase['chatbotUserId']
  declare readonly chatbotCorpId?: MessageBase['chatbotCorpId']
  declare readonly originalMsgId?: MessageBase['originalMsgId']
  declare readonly originalProcessQueryKey?: MessageBase['originalProcessQueryKey']
  declare readonly hostingContext?: MessageBase['hostingContext']
  declare readonly conversationMsgContext?: MessageBase['conversationMsgContext']
  declare readonly sessionWebhookExpiredTime?: MessageBase['sessionWebhookExpiredTime']
  readonly #raw: unknown
  readonly #sessionWebhook: unknown

  // Written out: a loop over a table of readers takes three times as long, for each message.
  constructor(fields: lenient.Fields, raw: unknown) {
    this.#raw = raw
    this.#sessionWebhook = fields.sessionWebhook
    this.msgId = neededId(fields.msgId)
    this.conversationId = neededId(fields.conversationId)
    this.conversationType = neededId(fields.conversationType) || '1'
    this.senderId = neededId(fields.senderId)
    const conversationTitle = filledOf(fields.conversationTitle)
    if (conversationTitle !== undefined) this.conversationTitle = conversationTitle
    const sceneGroupCode = idOf(fields.sceneGroupCode)
    if (sceneGroupCode !== undefined) this.sceneGroupCode = sceneGroupCode
    const openThreadId = idOf(fields.openThreadId)
    if (openThreadId !== undefined) this.openThreadId = openThreadId
    const senderStaffId = idOf(fields.senderStaffId)
    if (senderStaffId !== undefined) this.senderStaffId = senderStaffId
    const senderUnionId = idOf(fields.senderUnionId)
    if (senderUnionId !== undefined) this.senderUnionId = senderUnionId
    const senderNick = filledOf(fields.senderNick)
    if (senderNick !== undefined) this.senderNick = senderNick
    const senderCorpId = idOf(fields.senderCorpId)
    if (senderCorpId !== undefined) this.senderCorpId = senderCorpId
    const senderPlatform = textOf(fields.senderPlatform)
    if (senderPlatform !== undefined) this.senderPlatform = senderPlatform
    const isAdmin = flagOf(fields.isAdmin)
    if (isAdmin !== undefined) this.isAdmin = isAdmin
    const isInAtList = flagOf(fields.isInAtList)
    if (isInAtList !== undefined) this.isInAtList = isInAtList
    const atUsers = listOf(fields.atUsers, readAtUser)
    if (atUsers !== undefined) this.atUsers = atUsers
    const createAt = numberOf(fields.createAt)
    if (createAt !== undefined) this.createAt = createAt
    const robotCode = knownRobotCode(idOf(fields.robotCode))
    if (robotCode !== undefined) this.robotCode = robotCode
    const chatbotUserId = idOf(fields.chatbotUserId)
    if (chatbotUserId !== undefined) this.chatbotUserId = chatbotUserId
    const chatbotCorpId = idOf(fields.chatbotCorpId)
    if (chatbotCorpId !== undefined) this.chatbotCorpId = chatbotCorpId
    const originalMsgId = idOf(fields.originalMsgId)
    if (originalMsgId !== undefined) this.originalMsgId = originalMsgId
    const originalProcessQueryKey = idOf(fields.originalProcessQueryKey)
    if (originalProcessQueryKey !== undefined) this.originalProcessQueryKey = originalProcessQueryKey
    const hostingContext = seldom(Hosting, fields.hostingContext)
    if (hostingContext !== undefined) this.hostingContext = hostingContext
    const conversationMsgContext = seldom(Earlier, fields.conversationMsgContext)
    if (conversationMsgContext !== undefined) this.conversationMsgContext = conversationMsgContext
    const sessionWebhookExpiredTime = numberOf(fields.sessionWebhookExpiredTime)
    if (sessionWebhookExpiredTime !== undefined) this.sessionWebhookExpiredTime = sessionWebhookExpiredTime
  }

  get raw(): unknown {
    return this.#raw
  }

  get sessionWebhook(): string | undefined {
    return typeof this.#sessionWebhook === 'string' ? this.#sessionWebhook || undefined : undefined
  }

  toJSON(): unknown {
    return loggable(this.#raw)
  }
}

// As the plain object that it is to its readers.
Object.defineProperty(BaseOfMessage.prototype, inspect.custom, {
  value(this: BaseOfMessage): object {
    return { ...this }
  },
})

function neededId(value: unknown): string {
  return (typeof value === 'string' ? value : (idOf(value) ?? '')).trim()
}

function readAtUser(fields: lenient.Fields): AtUser {
  const user: { -readonly [K in keyof AtUser]: AtUser[K] } = {}
  const dingtalkId = idOf(fields.dingtalkId)
  if (dingtalkId !== undefined) user.dingtalkId = dingtalkId
  const staffId = idOf(fields.staffId)
  if (staffId !== undefined) user.staffId = staffId
  const unionId = idOf(fields.unionId)
  if (unionId !== undefined) user.unionId = unionId
  return user
}

/** Reads what few messages have. */
function seldom<T>(schema: lenient.Lenient<T>, value: unknown): T | undefined {
  return value === undefined ? undefined : v.parse(schema, value)
}

/**
 * True if the person on whose behalf the bot answers has read a message (`read_by_me` of the Python SDK).
 *
 * @example
 * ```ts
 * const unread = ctx.message?.conversationMsgContext?.filter(entry => !isReadByHosted(entry))
 * ```
 */
export function isReadByHosted(entry: ConversationMessage): boolean {
  return entry.readStatus === '2'
}
