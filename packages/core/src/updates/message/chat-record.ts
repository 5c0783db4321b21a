import * as v from 'valibot'
import { isCiphertext, maskCiphertext } from '../lenient/ciphertext.ts'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'
import { type RichTextNode, readRichText } from './rich-text.ts'
import { speakersOf } from './speakers.ts'
import { typeOf } from './type-of.ts'

/** Several messages, forwarded as one. */
export interface ChatRecordMessage extends MessageBase, ChatRecordBody {}

export interface ChatRecordBody {
  readonly msgtype: 'chatRecord'
  readonly content: ChatRecordContent
}

export interface ChatRecordContent {
  readonly title?: string | undefined
  /**
   * First lines as the client shows them, `name:text`: all that there is if `chatRecord` is empty, which is frequent,
   * and always so in quotes. It comes as text or as the JSON text of a list, and is given as text.
   */
  readonly summary?: string | undefined
  /** The messages; may be incomplete. It comes as JSON text, and is given parsed. */
  readonly chatRecord: readonly ChatRecordItem[]
  /**
   * True if some of it came encrypted, readable only by DingTalk's clients. In `summary` it is replaced by
   * `[encrypted]`.
   */
  readonly isEncrypted?: true
}

/** One message of a forwarded chat. */
export interface ChatRecordItem {
  /** Encrypted id of the sender, as in messages, which tells people apart. Missing in some records. */
  readonly senderId?: string | undefined
  /**
   * Name of the sender. The platform gives names only in the summary, by position (qwen-code#9339): a name is taken
   * from a line whose text equals the item's, and then used for all items of that senderId.
   */
  readonly senderName?: string | undefined
  /** Type of the message; in camel case, unlike in messages. `unknownMsgType` if bots cannot read it. */
  readonly msgType?: string | undefined
  /** Text of the message. */
  readonly content?: string | undefined
  /** Download code of a picture or file, for `ctx.download`. */
  readonly downloadCode?: string | undefined
  /** Second code of a picture, to be tried if `downloadCode` fails. */
  readonly pictureDownloadCode?: string | undefined
  /** Name of a file. */
  readonly fileName?: string | undefined
  /** Transcript of a voice note. */
  readonly recognition?: string | undefined
  /** Id of a file in the drive, with `spaceId`. */
  readonly dentryId?: string | undefined
  /** Space of a file in the drive. */
  readonly spaceId?: string | undefined
  /** Parts of a rich text; their texts are joined in `content`. */
  readonly richText?: readonly RichTextNode[] | undefined
}

const { filled, id } = lenient

const Words = v.fallback(v.optional(v.pipe(v.unknown(), v.transform(lenient.wordsOf))), undefined)

const Item = v.object({
  senderId: id,
  senderName: filled,
  senderNick: filled,
  msgType: filled,
  msgtype: filled,
  content: Words,
  text: Words,
  downloadCode: filled,
  pictureDownloadCode: filled,
  fileName: filled,
  recognition: filled,
  dentryId: id,
  spaceId: id,
  nodes: v.optional(v.custom<readonly RichTextNode[]>(Array.isArray)),
})
const Items = lenient.list(v.pipe(v.unknown(), v.transform(withBody), Item))
const Content = v.object({ title: filled, summary: v.optional(v.unknown()), chatRecord: Items, contents: Items })

/** Flattens a message that has an object in `content`: the text of a text or rich text, the code of a picture. */
function withBody(raw: unknown): unknown {
  if (!lenient.isRecord(raw)) return raw
  const type = typeOf(raw.msgType ?? raw.msgtype)
  // Text that a person wrote may happen to be JSON.
  if (type === 'text' && typeof raw.content === 'string') return { ...raw, nodes: undefined }
  const body = lenient.recordOf(raw.content) ?? {}
  const nodes = type === 'richText' || 'richText' in body ? readRichText(raw)?.content.richText : undefined
  const given = LOCATORS.flatMap(name => (body[name] === undefined ? [] : [[name, body[name]] as const]))
  if (given.length === 0 && !nodes?.length) return { ...raw, nodes: undefined }
  return { ...raw, ...Object.fromEntries(given), nodes, content: wordsOfNodes(nodes) || lenient.wordsOf(body) }
}

const LOCATORS = ['downloadCode', 'pictureDownloadCode', 'fileName', 'recognition', 'dentryId', 'spaceId'] as const

function wordsOfNodes(nodes: readonly RichTextNode[] = []): string {
  return nodes.flatMap(node => ('text' in node && node.text ? [node.text] : [])).join('')
}

/** Reads `content.chatRecord` (JSON text or a list), or `content.contents`. */
export function readChatRecord({ content }: lenient.Fields): ChatRecordBody | undefined {
  const result = v.safeParse(Content, lenient.recordOf(content))
  if (!result.success) return undefined
  const { title, contents = [], chatRecord = contents } = result.output
  const summary = linesOf(result.output.summary)
  const items = chatRecord.map(
    ({ senderNick, senderName = senderNick, msgtype, msgType = msgtype, text, nodes, ...item }) => ({
      ...item,
      ...(nodes && { richText: nodes }),
      senderName,
      msgType,
      content: item.content ?? text,
    }),
  )
  const isEncrypted = summary.isEncrypted || items.some(item => isCiphertext(item.content ?? ''))
  const { names } = speakersOf(items, summary.lines)
  return {
    msgtype: 'chatRecord',
    content: {
      title,
      summary: summary.lines.join('\n') || undefined,
      chatRecord: items.map((item, i) => (names[i] === undefined ? item : { ...item, senderName: names[i] })),
      ...(isEncrypted && { isEncrypted }),
    },
  }
}

/** Like {@link readChatRecord}, but only if it looks like a record: quotes of one may have the type `text`. */
export function findChatRecord(fields: lenient.Fields): ChatRecordBody | undefined {
  const { summary, chatRecord } = lenient.recordOf(fields.content) ?? {}
  return summary === undefined && chatRecord === undefined ? undefined : readChatRecord(fields)
}

/** Lines of a summary, which is text, a list, or the JSON text of a list (qwen-code#9339). */
function linesOf(summary: unknown): { readonly lines: readonly string[]; readonly isEncrypted: boolean } {
  const listed = lenient.arrayOf(summary)?.flatMap(line => lenient.wordsOf(line) ?? [])
  const texts = listed ?? (typeof summary === 'string' && summary !== '' ? [summary] : [])
  const masked = texts.map(text => (isCiphertext(text) ? ENCRYPTED : maskCiphertext(text)))
  const isEncrypted = masked.some((text, i) => text !== texts[i])
  return { lines: listed ? masked : masked.flatMap(text => text.split('\n')), isEncrypted }
}

/** Replacement for a line that only clients can read. */
const ENCRYPTED = '[encrypted]'

/**
 * Text of a record: a line for each message, `name: text` or `name: [picture]`; without messages the summary, else the
 * title.
 */
export function textOfRecord({ title, summary, chatRecord, isEncrypted }: ChatRecordContent): string {
  // The title would be taken for the content.
  if (isEncrypted && chatRecord.length === 0 && summary?.split('\n').every(line => line === ENCRYPTED)) return ''
  const lines = chatRecord.map(item => {
    // Leaving out a picture would change the meaning of the lines around it.
    const said =
      readable(item.content) || readable(item.recognition) || `[${item.fileName ?? item.msgType ?? 'unknown'}]`
    return item.senderName ? `${item.senderName}: ${said}` : said
  })
  return [...lines, ...linesBeyond(chatRecord, summary)].join('\n') || summary || title || ''
}

/** Lines of the summary about messages that the record lacks, if it is clear which these are. */
function linesBeyond(items: readonly ChatRecordItem[], summary = ''): readonly string[] {
  const lines = summary.split('\n')
  if (items.length === 0 || lines.length <= items.length || !speakersOf(items, lines).isVerified) return []
  return lines.slice(items.length).filter(line => line !== ENCRYPTED)
}

function readable(text: string | undefined): string | undefined {
  return text === undefined || isCiphertext(text) ? undefined : text
}
