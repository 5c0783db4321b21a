import { recordOf } from '../lenient/lenient.ts'
import { withPayload } from '../lenient/payload.ts'
import { readBase } from './base.ts'
import { readBody } from './body.ts'
import type { ActionCardMessage, InteractiveCardMessage, MarkdownMessage } from './card.ts'
import type { ChatRecordMessage } from './chat-record.ts'
import type { AudioMessage, FileMessage, PictureMessage, VideoMessage } from './media.ts'
import type { QuotaMessage, UnknownMessage, UnknownMsgTypeMessage } from './notice.ts'
import type { RichTextMessage } from './rich-text.ts'
import type { TextMessage } from './text.ts'

export type { AtUser } from './base.ts'
export type { TextMessage, UnknownMessage }

/**
 * A robot message, told apart by `msgtype`.
 *
 * @example
 * ```ts
 * if (message.msgtype === 'audio') console.log(message.content.recognition)
 * ```
 */
export type Message =
  | TextMessage
  | PictureMessage
  | RichTextMessage
  | AudioMessage
  | VideoMessage
  | FileMessage
  | MarkdownMessage
  | ActionCardMessage
  | InteractiveCardMessage
  | ChatRecordMessage
  | UnknownMsgTypeMessage
  | QuotaMessage
  | UnknownMessage

/** `MessageByType['picture']` is {@link PictureMessage}. */
export type MessageByType = { readonly [M in Message as M['msgtype']]: M }

export type Msgtype = Message['msgtype']

/**
 * All types there are, for queries such as `chatbot:picture`. Of wire type `reply` is a `text`, `voice` an `audio`, `card`
 * an `interactiveCard`.
 */
export const MSGTYPES = [
  'text',
  'picture',
  'richText',
  'audio',
  'video',
  'file',
  'markdown',
  'actionCard',
  'interactiveCard',
  'chatRecord',
  'unknownMsgType',
  'quota',
  'unknown',
] as const

/**
 * Reads a robot message, such as come on the topics of chatbot and delegate. Never throws: what cannot be read becomes
 * a message of type `unknown` that carries it.
 */
export function parseMessage(raw: unknown): Message {
  const fields = recordOf(raw) ?? {}
  const { sessionWebhook } = fields
  const message = Object.assign(readBase(fields), readBody(fields))
  return withPayload(message, raw, {
    sessionWebhook: typeof sessionWebhook === 'string' && sessionWebhook !== '' ? sessionWebhook : undefined,
  })
}
