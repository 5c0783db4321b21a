import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { FromPayload } from '../lenient/payload.ts'
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

const { text, filled, id, number, flag } = lenient

const AtUserFields = v.object({ dingtalkId: id, staffId: id, unionId: id })
const HostingFields = v.object({ userId: id, nick: filled })
const HistoryFields = v.object({ readStatus: id, senderUserId: id, sendTime: number })

const RobotCode = v.pipe(
  id,
  v.transform(code => knownRobotCode(code)),
)

const Id = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.trim())

// The first four are needed for routing; none of the others may prevent a message from being handled.
const Base = v.object({
  msgId: v.fallback(Id, ''),
  conversationId: v.fallback(Id, ''),
  conversationType: v.fallback(v.pipe(Id, v.nonEmpty()), '1'),
  senderId: v.fallback(Id, ''),
  conversationTitle: filled,
  sceneGroupCode: id,
  openThreadId: id,
  senderStaffId: id,
  senderUnionId: id,
  senderNick: filled,
  senderCorpId: id,
  senderPlatform: text,
  isAdmin: flag,
  isInAtList: flag,
  atUsers: lenient.list(AtUserFields),
  createAt: number,
  robotCode: RobotCode,
  chatbotUserId: id,
  chatbotCorpId: id,
  originalMsgId: id,
  originalProcessQueryKey: id,
  hostingContext: lenient.fields(HostingFields),
  conversationMsgContext: lenient.list(HistoryFields),
  sessionWebhookExpiredTime: number,
})

/** Parses the fields that all messages share, except the session webhook and the payload. */
export function readBase(fields: lenient.Fields): Omit<MessageBase, 'sessionWebhook' | keyof FromPayload> {
  return v.parse(Base, fields)
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
