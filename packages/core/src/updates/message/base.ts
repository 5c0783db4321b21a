import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { FromPayload } from '../lenient/payload.ts'
import { knownRobotCode } from './robot-code.ts'

/** A person (or bot) mentioned in a group message. */
export interface AtUser {
  /** Encrypted; good for telling people apart. */
  readonly dingtalkId?: string | undefined
  /** The userId that the APIs want; only for members of the bot's organisation. */
  readonly staffId?: string | undefined
  readonly unionId?: string | undefined
}

/** The person on whose behalf the bot answers ("AI hosting"). */
export interface HostingContext {
  readonly userId?: string | undefined
  readonly nick?: string | undefined
}

/** A message that came before in a hosted conversation; without its text. */
export interface ConversationMessage {
  /** `2` when the hosted person has read it: see `isReadByHosted`. */
  readonly readStatus?: string | undefined
  readonly senderUserId?: string | undefined
  /** Milliseconds since the epoch. */
  readonly sendTime?: number | undefined
}

/** What messages of all kinds have, under DingTalk's own names (receive-message). */
export interface MessageBase extends FromPayload {
  /** The same for each redelivery, and for each bot of a group that gets the message. `''` when missing. */
  readonly msgId: string
  /** Case matters. `''` when missing. */
  readonly conversationId: string
  /** `1` a chat with one person, `2` a group. `1` when missing: what is meant for one person must not reach a group. */
  readonly conversationType: string
  readonly conversationTitle?: string | undefined
  /** Of groups that an app made: the scene (custom robot by HTTP, shockerli go-robot). */
  readonly sceneGroupCode?: string | undefined
  /** Seen to be the same as `conversationId`. */
  readonly openThreadId?: string | undefined
  /** Encrypted; good for telling people apart. `''` when missing. */
  readonly senderId: string
  /** The userId that the APIs want. Missing for people outside the organisation and while the app is unpublished. */
  readonly senderStaffId?: string | undefined
  /** Rarely sent. */
  readonly senderUnionId?: string | undefined
  readonly senderNick?: string | undefined
  readonly senderCorpId?: string | undefined
  /** `iOS`, `Android`, `Mac`, `Win`, … */
  readonly senderPlatform?: string | undefined
  /** Whether the sender is an administrator of the organisation. */
  readonly isAdmin?: boolean | undefined
  /** Whether the bot itself is among those mentioned. */
  readonly isInAtList?: boolean | undefined
  /** Those mentioned, the bot among them, in no particular order. */
  readonly atUsers?: readonly AtUser[] | undefined
  /** Milliseconds since the epoch. */
  readonly createAt?: number | undefined
  /** For an internal app the same as its client ID. Missing for custom robots, which have none and may say `normal`. */
  readonly robotCode?: string | undefined
  readonly chatbotUserId?: string | undefined
  readonly chatbotCorpId?: string | undefined
  /** In replies: the message that is quoted. See `quotedOf`. */
  readonly originalMsgId?: string | undefined
  /** In replies to the bot: the `processQueryKey` that sending gave, or the `carrierId` of a card. */
  readonly originalProcessQueryKey?: string | undefined
  /** Delegate messages only. */
  readonly hostingContext?: HostingContext | undefined
  /** Delegate messages only. */
  readonly conversationMsgContext?: readonly ConversationMessage[] | undefined
  /** Milliseconds since the epoch; 90 minutes after the message. */
  readonly sessionWebhookExpiredTime?: number | undefined
  /** Where answers go, without a token: a secret, so not enumerable. Good until `sessionWebhookExpiredTime`. */
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

// Routing needs the first four; none of the others may keep a message from being handled.
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

/** Reads the fields that all messages share, but for the session webhook and the payload. */
export function readBase(fields: lenient.Fields): Omit<MessageBase, 'sessionWebhook' | keyof FromPayload> {
  return v.parse(Base, fields)
}

/**
 * Whether the person that the bot stands in for has read a message (`read_by_me` of the Python SDK).
 *
 * @example
 * ```ts
 * const unread = ctx.message.conversationMsgContext?.filter(entry => !isReadByHosted(entry))
 * ```
 */
export function isReadByHosted(entry: ConversationMessage): boolean {
  return entry.readStatus === '2'
}
