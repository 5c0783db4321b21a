import * as v from 'valibot'
import { isCiphertext, maskCiphertext } from '../lenient/ciphertext.ts'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'
import { type RichTextNode, readRichText } from './rich-text.ts'
import { speakersOf } from './speakers.ts'
import { typeOf } from './type-of.ts'

/** Several messages forwarded as one. */
export interface ChatRecordMessage extends MessageBase, ChatRecordBody {}

export interface ChatRecordBody {
  readonly msgtype: 'chatRecord'
  readonly content: ChatRecordContent
}

export interface ChatRecordContent {
  readonly title?: string | undefined
  /**
   * The first lines as the client shows them, `name:text`: all there is when `chatRecord` is empty, which happens often,
   * and always in quotes. Comes as text or as the JSON text of a list; here it is text.
   */
  readonly summary?: string | undefined
  /** Comes as JSON text; here it is parsed. May be incomplete. */
  readonly chatRecord: readonly ChatRecordItem[]
  /** A line or an item came encrypted, for DingTalk's clients only. In `summary` it is `[encrypted]`. */
  readonly isEncrypted?: true
}

export interface ChatRecordItem {
  /** Encrypted, as in messages: good for telling speakers apart. Missing in some records. */
  readonly senderId?: string | undefined
  /**
   * Who said it. The platform tells names only in the summary, by their place (qwen-code#9339): the name is taken from a
   * line that says what the item says, and goes on with the senderId.
   */
  readonly senderName?: string | undefined
  /** Camel-case, other than in messages. `unknownMsgType` for what bots cannot read. */
  readonly msgType?: string | undefined
  readonly content?: string | undefined
  readonly downloadCode?: string | undefined
  readonly pictureDownloadCode?: string | undefined
  readonly fileName?: string | undefined
  readonly recognition?: string | undefined
  readonly dentryId?: string | undefined
  readonly spaceId?: string | undefined
  /** The parts of a rich text; their words are the `content`. */
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

/** What a message was that has its body in `content`: the words of a text or a rich text, the code of a picture. */
function withBody(raw: unknown): unknown {
  if (!lenient.isRecord(raw)) return raw
  const type = typeOf(raw.msgType ?? raw.msgtype)
  // What somebody wrote may happen to be JSON.
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

/** Reads `content.chatRecord` (JSON text, or a list), or `content.contents`. */
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

/** As {@link readChatRecord}, but only what looks like a record: quotes of one may call themselves text. */
export function findChatRecord(fields: lenient.Fields): ChatRecordBody | undefined {
  const { summary, chatRecord } = lenient.recordOf(fields.content) ?? {}
  return summary === undefined && chatRecord === undefined ? undefined : readChatRecord(fields)
}

/** The lines of a summary, which is text, or a list, or the JSON text of a list (qwen-code#9339). */
function linesOf(summary: unknown): { readonly lines: readonly string[]; readonly isEncrypted: boolean } {
  const listed = lenient.arrayOf(summary)?.flatMap(line => lenient.wordsOf(line) ?? [])
  const texts = listed ?? (typeof summary === 'string' && summary !== '' ? [summary] : [])
  const masked = texts.map(text => (isCiphertext(text) ? ENCRYPTED : maskCiphertext(text)))
  const isEncrypted = masked.some((text, i) => text !== texts[i])
  return { lines: listed ? masked : masked.flatMap(text => text.split('\n')), isEncrypted }
}

/** In the place of a line that only clients can read. */
const ENCRYPTED = '[encrypted]'

/** A line for each item, `name: text` or `name: [picture]`; without items the summary, else the title. */
export function textOfRecord({ title, summary, chatRecord, isEncrypted }: ChatRecordContent): string {
  // The title would pass for what was said.
  if (isEncrypted && chatRecord.length === 0 && summary?.split('\n').every(line => line === ENCRYPTED)) return ''
  const lines = chatRecord.map(item => {
    // A gap where the picture was would change what the lines around it mean.
    const said =
      readable(item.content) || readable(item.recognition) || `[${item.fileName ?? item.msgType ?? 'unknown'}]`
    return item.senderName ? `${item.senderName}: ${said}` : said
  })
  return [...lines, ...linesBeyond(chatRecord, summary)].join('\n') || summary || title || ''
}

/** What the summary tells of messages that the record has not, where it is clear which these are. */
function linesBeyond(items: readonly ChatRecordItem[], summary = ''): readonly string[] {
  const lines = summary.split('\n')
  if (items.length === 0 || lines.length <= items.length || !speakersOf(items, lines).isVerified) return []
  return lines.slice(items.length).filter(line => line !== ENCRYPTED)
}

function readable(text: string | undefined): string | undefined {
  return text === undefined || isCiphertext(text) ? undefined : text
}
