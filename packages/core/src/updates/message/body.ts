import { arrayOf, type Fields } from '../lenient/lenient.ts'
import {
  type ActionCardBody,
  type InteractiveCardBody,
  type MarkdownBody,
  readActionCard,
  readInteractiveCard,
  readMarkdown,
} from './card.ts'
import { type ChatRecordBody, findChatRecord, readChatRecord } from './chat-record.ts'
import {
  type AudioBody,
  type FileBody,
  type PictureBody,
  readAudio,
  readFile,
  readPicture,
  readVideo,
  type VideoBody,
} from './media.ts'
import { type QuotaBody, readQuota, readUnknownMsgType, type UnknownBody, type UnknownMsgTypeBody } from './notice.ts'
import { type RichTextBody, readRichText } from './rich-text.ts'
import { readText, type TextBody } from './text.ts'
import { typeOf } from './type-of.ts'

/** Type-specific part of a message; quoted messages have one, too. */
export type Body =
  | TextBody
  | PictureBody
  | RichTextBody
  | AudioBody
  | VideoBody
  | FileBody
  | MarkdownBody
  | ActionCardBody
  | InteractiveCardBody
  | ChatRecordBody
  | UnknownMsgTypeBody
  | QuotaBody
  | UnknownBody

type Reader = (fields: Fields) => Body | undefined

// A Map, because the payload's type may be a word like `constructor`.
const READERS: ReadonlyMap<string | undefined, Reader> = new Map<string | undefined, Reader>([
  ['text', readSaid],
  ['reply', readSaid],
  ['picture', readPicture],
  ['richText', readRichText],
  ['audio', readAudio],
  ['video', readVideo],
  ['file', readFile],
  ['markdown', readMarkdown],
  ['actionCard', readActionCard],
  ['interactiveCard', readInteractiveCard],
  ['card', readInteractiveCard],
  ['chatRecord', readChatRecord],
  ['unknownMsgType', readUnknownMsgType],
  // Quotes may come without a type; then it is plain text or rich text.
  [undefined, fields => (isListAsText(fields.content) ? readSaid(fields) : (readRichText(fields) ?? readSaid(fields)))],
])

/** Without a type, that is what a person wrote. */
function isListAsText(content: unknown): boolean {
  return typeof content === 'string' && arrayOf(content) !== undefined
}

/** A quoted forwarded chat was seen with the type `text` (dingtalk-requirement-inbox). */
function readSaid(fields: Fields): Body | undefined {
  return readText(fields) ?? findChatRecord(fields)
}

/** Parses the type-specific part. What does not match its type becomes `unknown`. */
export function readBody(fields: Fields, wireMsgtype: unknown = fields.msgtype): Body {
  const body = readQuota(fields) ?? READERS.get(typeOf(wireMsgtype))?.(fields)
  return body ?? { msgtype: 'unknown', wireMsgtype: typeof wireMsgtype === 'string' ? wireMsgtype : undefined }
}
