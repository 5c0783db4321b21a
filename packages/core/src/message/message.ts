import * as v from 'valibot'

/** A person mentioned in a group message. */
export interface AtUser {
  readonly dingtalkId?: string | undefined
  readonly staffId?: string | undefined
}

interface MessageBase {
  readonly msgId: string
  readonly conversationId: string
  /** `1` a chat with one person, `2` a group. */
  readonly conversationType: string
  readonly conversationTitle?: string | undefined
  /** Encrypted; good for telling people apart. */
  readonly senderId: string
  /** The userId that the APIs want. Missing for people outside the organisation and while the app is unpublished. */
  readonly senderStaffId?: string | undefined
  readonly senderNick?: string | undefined
  readonly senderCorpId?: string | undefined
  readonly isAdmin?: boolean | undefined
  /** Whether the bot itself is among those mentioned. */
  readonly isInAtList?: boolean | undefined
  readonly atUsers?: readonly AtUser[] | undefined
  /** Milliseconds since the epoch. */
  readonly createAt?: number | undefined
  readonly robotCode?: string | undefined
  readonly chatbotUserId?: string | undefined
  /** Where answers go, without a token: a secret, so not enumerable. Good until `sessionWebhookExpiredTime`. */
  readonly sessionWebhook?: string | undefined
  /** Milliseconds since the epoch; 90 minutes after the message. */
  readonly sessionWebhookExpiredTime?: number | undefined
  /** The payload as it came, complete with the session webhook. */
  toJSON(): unknown
}

export interface TextMessage extends MessageBase {
  readonly msgtype: 'text'
  readonly text: { readonly content: string }
}

/** A message of a kind that has no type of its own, or that could not be read. */
export interface UnknownMessage extends MessageBase {
  readonly msgtype: 'unknown'
}

export type Message = TextMessage | UnknownMessage

const text = v.fallback(v.optional(v.string()), undefined)
const flag = v.fallback(v.optional(v.boolean()), undefined)
/** Numbers come as numbers or as decimal text. */
const number = v.fallback(
  v.optional(v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.number())),
  undefined,
)

const Base = v.object({
  msgId: v.fallback(v.string(), ''),
  conversationId: v.fallback(v.string(), ''),
  conversationType: v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), '1'),
  conversationTitle: text,
  senderId: v.fallback(v.string(), ''),
  senderStaffId: text,
  senderNick: text,
  senderCorpId: text,
  isAdmin: flag,
  isInAtList: flag,
  atUsers: v.fallback(v.optional(v.array(v.object({ dingtalkId: text, staffId: text }))), undefined),
  createAt: number,
  robotCode: text,
  chatbotUserId: text,
  sessionWebhook: text,
  sessionWebhookExpiredTime: number,
})

const TextBody = v.object({ msgtype: v.literal('text'), text: v.object({ content: v.string() }) })

/** Reads a robot message. Never throws: what cannot be read becomes a message of type `unknown` that carries it. */
export function parseMessage(raw: unknown): Message {
  const base = v.safeParse(Base, raw)
  const { sessionWebhook, ...fields } = base.success ? base.output : v.parse(Base, {})
  const body = v.safeParse(TextBody, raw)
  const message = { ...fields, ...(body.success ? body.output : { msgtype: 'unknown' as const }), toJSON: () => raw }
  Object.defineProperty(message, 'toJSON', { enumerable: false })
  Object.defineProperty(message, 'sessionWebhook', { value: sessionWebhook })
  return message
}
