import { recordOf } from '../lenient/lenient.ts'
import { BaseOfMessage } from './base.ts'
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
 * Message to the bot (`ctx.message`), a union told apart by `msgtype`.
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

/** Message types by `msgtype`: `MessageByType['picture']` is {@link PictureMessage}. */
export type MessageByType = { readonly [M in Message as M['msgtype']]: M }

/** Message type, as in queries: `text`, `picture`, `richText`, … */
export type Msgtype = Message['msgtype']

/**
 * List of all message types, for queries such as `chatbot:picture`. Some wire types are merged: `reply` becomes `text`,
 * `voice` becomes `audio`, `card` becomes `interactiveCard`.
 *
 * @example
 * bot.on(MSGTYPES.map(type => `chatbot:${type}` as const), ctx => ctx.replyText(ctx.message.msgtype))
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
 * Parses a message of the topics chatbot and delegate. Never throws: an unreadable one becomes a message of type
 * `unknown`, which keeps its payload.
 */
export function parseMessage(raw: unknown): Message {
  const fields = recordOf(raw) ?? {}
  return Object.assign(new BaseOfMessage(fields, raw), readBody(fields))
}
