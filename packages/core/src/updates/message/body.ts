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

/** What tells messages of one type from those of another; quoted messages have it, too. */
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

// A map, because a payload may call itself `constructor`.
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

/** Without a type that is what somebody wrote. */
function isListAsText(content: unknown): boolean {
  return typeof content === 'string' && arrayOf(content) !== undefined
}

/** A forwarded chat that is quoted has been seen to call itself text (dingtalk-requirement-inbox). */
function readSaid(fields: Fields): Body | undefined {
  return readText(fields) ?? findChatRecord(fields)
}

/** Reads what is particular to a type. What does not fit its type is `unknown`, not a lie. */
export function readBody(fields: Fields, wireMsgtype: unknown = fields.msgtype): Body {
  const body = readQuota(fields) ?? READERS.get(typeOf(wireMsgtype))?.(fields)
  return body ?? { msgtype: 'unknown', wireMsgtype: typeof wireMsgtype === 'string' ? wireMsgtype : undefined }
}
