import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'

/** Several messages forwarded as one. */
export interface ChatRecordMessage extends MessageBase, ChatRecordBody {}

export interface ChatRecordBody {
  readonly msgtype: 'chatRecord'
  readonly content: ChatRecordContent
}

export interface ChatRecordContent {
  readonly title?: string | undefined
  /** The first lines as the client shows them: all there is when `chatRecord` is empty, which happens often. */
  readonly summary?: string | undefined
  /** Comes as JSON text; here it is parsed. */
  readonly chatRecord: readonly ChatRecordItem[]
}

export interface ChatRecordItem {
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

const { text, id } = lenient

const Item = v.object({
  senderName: text,
  msgType: text,
  content: text,
  downloadCode: text,
  fileName: text,
  recognition: text,
  dentryId: id,
  spaceId: id,
})
const Items = lenient.list(Item)
const Content = v.object({ title: text, summary: text, chatRecord: Items, contents: Items })

/** Reads `content.chatRecord` (JSON text), or `content.contents`. */
export function readChatRecord({ content }: lenient.Fields): ChatRecordBody | undefined {
  const result = v.safeParse(Content, lenient.recordOf(content))
  if (!result.success) return undefined
  const { title, summary, contents = [], chatRecord = contents } = result.output
  return { msgtype: 'chatRecord', content: { title, summary, chatRecord } }
}

/** A line for each item, `name: text` or `name: [picture]`; without items the summary, else the title. */
export function textOfRecord({ title, summary, chatRecord }: ChatRecordContent): string {
  const lines = chatRecord.map(item => {
    // A gap where the picture was would change what the lines around it mean.
    const said = item.content || item.recognition || `[${item.fileName ?? item.msgType ?? 'unknown'}]`
    return item.senderName ? `${item.senderName}: ${said}` : said
  })
  // An empty record has been seen to have the summary `[]`.
  return lines.join('\n') || (summary === '[]' ? undefined : summary) || title || ''
}
