import * as v from 'valibot'
import { isCiphertext, maskCiphertext } from '../lenient/ciphertext.ts'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'
import { readRichText } from './rich-text.ts'
import { speakersOf } from './speakers.ts'

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
  readonly fileName?: string | undefined
  readonly recognition?: string | undefined
  readonly dentryId?: string | undefined
  readonly spaceId?: string | undefined
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
  fileName: filled,
  recognition: filled,
  dentryId: id,
  spaceId: id,
})
const Items = lenient.list(v.pipe(v.unknown(), v.transform(withBody), Item))
const Content = v.object({ title: filled, summary: v.optional(v.unknown()), chatRecord: Items, contents: Items })

/** What a message was that has its body in `content`: the words of a text or a rich text, the code of a picture. */
function withBody(raw: unknown): unknown {
  const body = lenient.isRecord(raw) ? lenient.recordOf(raw.content) : undefined
  if (!body || !lenient.isRecord(raw)) return raw
  const { downloadCode = body.pictureDownloadCode, fileName, recognition, dentryId, spaceId } = body
  const nodes = readRichText({ content: body })?.content.richText ?? []
  const words = nodes.flatMap(node => ('text' in node && node.text ? [node.text] : [])).join('')
  const inner = { downloadCode, fileName, recognition, dentryId, spaceId }
  const given = Object.entries(inner).filter(([, value]) => value !== undefined)
  if (given.length === 0 && nodes.length === 0) return raw
  return { ...raw, ...Object.fromEntries(given), content: words || undefined }
}

/** Reads `content.chatRecord` (JSON text, or a list), or `content.contents`. */
export function readChatRecord({ content }: lenient.Fields): ChatRecordBody | undefined {
  const result = v.safeParse(Content, lenient.recordOf(content))
  if (!result.success) return undefined
  const { title, contents = [], chatRecord = contents } = result.output
  const summary = linesOf(result.output.summary)
  const items = chatRecord.map(({ senderNick, senderName = senderNick, msgtype, msgType = msgtype, text, ...item }) => {
    return { ...item, senderName, msgType, content: item.content ?? text }
  })
  const { names } = speakersOf(items, summary)
  return {
    msgtype: 'chatRecord',
    content: {
      title,
      summary: summary.join('\n') || undefined,
      chatRecord: items.map((item, i) => (names[i] === undefined ? item : { ...item, senderName: names[i] })),
    },
  }
}

/** As {@link readChatRecord}, but only what looks like a record: quotes of one may call themselves text. */
export function findChatRecord(fields: lenient.Fields): ChatRecordBody | undefined {
  const { summary, chatRecord } = lenient.recordOf(fields.content) ?? {}
  return summary === undefined && chatRecord === undefined ? undefined : readChatRecord(fields)
}

/** The lines of a summary, which is text, or a list, or the JSON text of a list (qwen-code#9339). */
function linesOf(summary: unknown): readonly string[] {
  const listed = lenient.arrayOf(summary)
  if (listed) return listed.flatMap(line => lenient.wordsOf(line) ?? []).map(maskCiphertext)
  return typeof summary === 'string' && summary !== '' ? maskCiphertext(summary).split('\n') : []
}

/** A line for each item, `name: text` or `name: [picture]`; without items the summary, else the title. */
export function textOfRecord({ title, summary, chatRecord }: ChatRecordContent): string {
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
  return lines.slice(items.length).filter(line => line !== '[encrypted]')
}

function readable(text: string | undefined): string | undefined {
  return text === undefined || isCiphertext(text) ? undefined : text
}
