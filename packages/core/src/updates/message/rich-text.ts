import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'
import { durationOf } from './duration.ts'
import { typeOf } from './type-of.ts'

/** Message of text with pictures (and more) in between. */
export interface RichTextMessage extends MessageBase, RichTextBody {}

export interface RichTextBody {
  readonly msgtype: 'richText'
  /** The nodes, in the order of the message. */
  readonly content: { readonly richText: readonly RichTextNode[] }
}

/**
 * Part of a rich text, told apart by `type`. The nodes are normalised: the platform leaves out the type of text nodes,
 * gives a style as type, and uses `msgType` and `content` inside quotes.
 */
export type RichTextNode =
  | RichTextText
  | RichTextPicture
  | RichTextAt
  | RichTextEmoji
  | RichTextSkill
  | RichTextFile
  | RichTextUnknown

/** Style of a text node (on the wire it is the node's type; nanobot#4497). */
export type TextStyle = 'bold' | 'italic' | 'inlineCode' | 'pre'

/** Text; line breaks and mentions are text, too (see `ctx.text`). */
export interface RichTextText {
  readonly type: 'text'
  readonly text: string
  readonly style?: TextStyle | undefined
}

/** Picture, with at least one of the two codes. */
export interface RichTextPicture {
  readonly type: 'picture'
  readonly downloadCode?: string | undefined
  readonly pictureDownloadCode?: string | undefined
  /** Caption; some nodes have one. */
  readonly text?: string | undefined
  readonly style?: TextStyle | undefined
}

/** Mention as a node of its own type. Never captured: mentions come as text. */
export interface RichTextAt {
  readonly type: 'at'
  readonly atName?: string | undefined
  readonly atUserId?: string | undefined
}

/** Emoji, such as `[微笑]`. */
export interface RichTextEmoji {
  readonly type: 'emoji'
  readonly text: string
}

/** Skill that the sender chose in the input box. */
export interface RichTextSkill {
  readonly type: 'skill'
  readonly skillData: {
    readonly skillId?: string | undefined
    readonly displayName?: string | undefined
    readonly iconUrl?: string | undefined
  }
}

/** File, voice note or video. It may have a transcript or name only, or a place in the drive. */
export interface RichTextFile {
  readonly type: 'file' | 'audio' | 'video'
  readonly downloadCode?: string | undefined
  readonly fileName?: string | undefined
  /** Id in the drive, with `spaceId`. */
  readonly dentryId?: string | undefined
  readonly spaceId?: string | undefined
  readonly recognition?: string | undefined
  /** Duration in milliseconds. */
  readonly duration?: number | undefined
  /** Caption; some nodes have one. */
  readonly text?: string | undefined
  readonly style?: TextStyle | undefined
}

/** Node of an unknown type, or one that could not be parsed. */
export interface RichTextUnknown {
  readonly type: 'unknown'
  readonly wireType?: string | undefined
  readonly text?: string | undefined
}

const { text, filled, id } = lenient

const Node = v.object({
  downloadCode: filled,
  pictureDownloadCode: filled,
  atName: filled,
  atUserId: id,
  fileName: filled,
  dentryId: id,
  spaceId: id,
  recognition: filled,
  duration: v.unknown(),
  skillData: lenient.fields(v.object({ skillId: id, displayName: text, iconUrl: text })),
})

/** Reads `content.richText`, or `richText` of old messages: a list, or an object with `richTextList`. */
export function readRichText(fields: lenient.Fields): RichTextBody | undefined {
  const { content, richText } = fields
  const nodes = nodesIn(lenient.recordOf(content)?.richText) ?? nodesIn(richText) ?? nodesIn(content) ?? nodesIn(fields)
  return nodes && { msgtype: 'richText', content: { richText: nodes.map(readNode) } }
}

function nodesIn(richText: unknown): readonly unknown[] | undefined {
  return lenient.arrayOf(richText) ?? lenient.arrayOf(lenient.recordOf(richText)?.richTextList)
}

const STYLES: ReadonlyMap<string | undefined, TextStyle> = new Map(
  (['bold', 'italic', 'inlineCode', 'pre'] as const).map(style => [style, style]),
)

function readNode(raw: unknown): RichTextNode {
  if (typeof raw === 'string') return { type: 'text', text: raw }
  if (!lenient.isRecord(raw)) return { type: 'unknown' }
  const type = typeOf(raw.type) ?? typeOf(raw.msgType)
  const body = bodyIn(raw, type)
  const node = v.parse(Node, { duration: undefined, ...body, ...raw })
  const words = wordsIn(body ? { ...raw, content: body } : raw)
  const style = STYLES.get(type)
  if (node.skillData) return { type: 'skill', skillData: node.skillData }
  if (type === 'at') return { type, atName: node.atName ?? words, atUserId: node.atUserId }
  if (type === 'emoji' && words !== undefined) return { type, text: words }
  const media = mediaIn(node, type, style)
  if (media) return { ...media, ...(words && { text: words, style }) }
  if (words === undefined || !(style || type === 'text' || type === undefined))
    return { type: 'unknown', wireType: type, text: words }
  return { type: 'text', text: words, ...(style && { style }) }
}

/** Finds media by codes, whatever the node's type. */
function mediaIn(
  { downloadCode, pictureDownloadCode, fileName, recognition, duration, dentryId, spaceId }: v.InferOutput<typeof Node>,
  type: string | undefined,
  style: TextStyle | undefined,
): RichTextPicture | RichTextFile | undefined {
  const isVoice = type === 'audio' || (type === undefined && recognition !== undefined)
  if (isVoice && (downloadCode ?? recognition) !== undefined)
    return { type: 'audio', downloadCode, fileName, recognition, duration: durationOf(duration) }
  const isText = type === undefined || type === 'text' || style !== undefined
  const isPicture = type === 'picture' || (isText && fileName === undefined)
  if (pictureDownloadCode || (downloadCode && isPicture)) return { type: 'picture', downloadCode, pictureDownloadCode }
  const isInDrive = dentryId !== undefined && spaceId !== undefined
  if (!downloadCode && !isInDrive && !(type === 'file' && fileName)) return undefined
  const place = isInDrive ? { dentryId, spaceId } : {}
  const file = { downloadCode, fileName, ...place, recognition, duration: durationOf(duration) }
  return { type: type === 'video' ? 'video' : 'file', ...file }
}

/** Text of a node: `text` or `content`, each of which may be an object with the text inside (multica). */
function wordsIn({ text, content }: lenient.Fields): string | undefined {
  const words = lenient.wordsOf(text) ?? lenient.wordsOf(content)
  return words ?? [text, content].find(empty => empty === '')?.toString()
}

const MEDIA: ReadonlySet<string | undefined> = new Set(['picture', 'audio', 'video', 'file'])
const LOCATORS = ['downloadCode', 'pictureDownloadCode', 'recognition', 'dentryId'] as const

/** `content` as an object. For a picture or file it may come as JSON text; other JSON text was written by a person. */
function bodyIn({ content }: lenient.Fields, type: string | undefined): lenient.Fields | undefined {
  const body = lenient.recordOf(content)
  if (body === undefined || typeof content !== 'string' || MEDIA.has(type)) return body
  return type !== 'text' && LOCATORS.some(name => name in body) ? body : undefined
}
