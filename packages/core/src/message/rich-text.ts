import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'

/** Text with pictures (and more) between it, in the order of the message. */
export interface RichTextMessage extends MessageBase, RichTextBody {}

export interface RichTextBody {
  readonly msgtype: 'richText'
  readonly content: { readonly richText: readonly RichTextNode[] }
}

/**
 * A part of a rich text. The platform leaves `type` out of text nodes, and says `msgType` and `content` inside quotes;
 * here all nodes look the same.
 */
export type RichTextNode =
  | RichTextText
  | RichTextPicture
  | RichTextAt
  | RichTextEmoji
  | RichTextSkill
  | RichTextFile
  | RichTextUnknown

/** A line break is text, too. */
export interface RichTextText {
  readonly type: 'text'
  readonly text: string
}

/** Has at least one of the two codes. */
export interface RichTextPicture {
  readonly type: 'picture'
  readonly downloadCode?: string | undefined
  readonly pictureDownloadCode?: string | undefined
}

export interface RichTextAt {
  readonly type: 'at'
  readonly atName?: string | undefined
  readonly atUserId?: string | undefined
}

/** Such as `[微笑]`. */
export interface RichTextEmoji {
  readonly type: 'emoji'
  readonly text: string
}

/** A skill that the sender chose in the input box. */
export interface RichTextSkill {
  readonly type: 'skill'
  readonly skillData: {
    readonly skillId?: string | undefined
    readonly displayName?: string | undefined
    readonly iconUrl?: string | undefined
  }
}

export interface RichTextFile {
  readonly type: 'file' | 'audio' | 'video'
  readonly downloadCode: string
  readonly fileName?: string | undefined
  readonly recognition?: string | undefined
  readonly duration?: number | undefined
}

/** A part of a kind that has no type of its own, or that could not be read. */
export interface RichTextUnknown {
  readonly type: 'unknown'
  readonly wireType?: string | undefined
  readonly text?: string | undefined
}

const { text, id, number } = lenient

const Node = v.object({
  type: text,
  msgType: text,
  text,
  content: text,
  downloadCode: text,
  pictureDownloadCode: text,
  atName: text,
  atUserId: id,
  fileName: text,
  recognition: text,
  duration: number,
  skillData: lenient.fields(v.object({ skillId: id, displayName: text, iconUrl: text })),
})

/** Reads `content.richText`, or in old messages `content.richText.richTextList`. */
export function readRichText({ content }: lenient.Fields): RichTextBody | undefined {
  const richText = lenient.recordOf(content)?.richText
  const nodes = lenient.arrayOf(richText) ?? lenient.arrayOf(lenient.recordOf(richText)?.richTextList)
  return nodes && { msgtype: 'richText', content: { richText: nodes.map(readNode) } }
}

function readNode(raw: unknown): RichTextNode {
  const result = v.safeParse(Node, raw)
  if (!result.success) return { type: 'unknown', ...(typeof raw === 'string' && { text: raw }) }
  const node = result.output
  const type = node.type ?? node.msgType
  const words = node.text ?? node.content
  const { downloadCode, pictureDownloadCode, fileName, recognition, duration, skillData } = node
  const file = downloadCode ? { downloadCode, fileName, recognition, duration } : undefined
  if (skillData) return { type: 'skill', skillData }
  if (type === 'at') return { type, atName: node.atName ?? words, atUserId: node.atUserId }
  if (type === 'emoji' && words !== undefined) return { type, text: words }
  if (file && (type === 'file' || type === 'video' || type === 'audio')) return { type, ...file }
  if (file && type === 'voice') return { type: 'audio', ...file }
  if (pictureDownloadCode || (file && (type === 'picture' || (type === undefined && fileName === undefined))))
    return { type: 'picture', downloadCode, pictureDownloadCode }
  // What can be downloaded is not lost, whatever it calls itself.
  if (file) return { type: 'file', ...file }
  if (words !== undefined && (type === 'text' || type === undefined)) return { type: 'text', text: words }
  return { type: 'unknown', wireType: type, text: words }
}
