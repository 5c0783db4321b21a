import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'
import { durationOf } from './duration.ts'
import { typeOf } from './type-of.ts'

/** Text with pictures (and more) between it, in the order of the message. */
export interface RichTextMessage extends MessageBase, RichTextBody {}

export interface RichTextBody {
  readonly msgtype: 'richText'
  readonly content: { readonly richText: readonly RichTextNode[] }
}

/**
 * A part of a rich text. The platform leaves `type` out of text nodes, says the style where the type should be, and
 * `msgType` and `content` inside quotes; here all nodes look the same.
 */
export type RichTextNode =
  | RichTextText
  | RichTextPicture
  | RichTextAt
  | RichTextEmoji
  | RichTextSkill
  | RichTextFile
  | RichTextUnknown

/** How a text is written: on the wire it is the type of the node (nanobot#4497). */
export type TextStyle = 'bold' | 'italic' | 'inlineCode' | 'pre'

/** A line break is text, too, and so is a mention (see `ctx.text`). */
export interface RichTextText {
  readonly type: 'text'
  readonly text: string
  readonly style?: TextStyle | undefined
}

/** Has at least one of the two codes. */
export interface RichTextPicture {
  readonly type: 'picture'
  readonly downloadCode?: string | undefined
  readonly pictureDownloadCode?: string | undefined
  /** A caption, which some nodes have. */
  readonly text?: string | undefined
  readonly style?: TextStyle | undefined
}

/** Never captured: a mention comes as text. */
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

/** A file; of a voice note there may be nothing but what was said, of a file nothing but its name, or where the drive has it. */
export interface RichTextFile {
  readonly type: 'file' | 'audio' | 'video'
  readonly downloadCode?: string | undefined
  readonly fileName?: string | undefined
  /** With `spaceId` where the drive has it. */
  readonly dentryId?: string | undefined
  readonly spaceId?: string | undefined
  readonly recognition?: string | undefined
  /** Milliseconds. */
  readonly duration?: number | undefined
  /** A caption, which some nodes have. */
  readonly text?: string | undefined
  readonly style?: TextStyle | undefined
}

/** A part of a kind that has no type of its own, or that could not be read. */
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

/** Reads `content.richText`, in old messages `richText` at the top; a list, or the `richTextList` of an object. */
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

/** What can be downloaded or heard is not lost, whatever the node calls itself. */
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

/** `text` or `content`, each of which may be an object that has the words (multica). */
function wordsIn({ text, content }: lenient.Fields): string | undefined {
  const words = lenient.wordsOf(text) ?? lenient.wordsOf(content)
  return words ?? [text, content].find(empty => empty === '')?.toString()
}

const MEDIA: ReadonlySet<string | undefined> = new Set(['picture', 'audio', 'video', 'file'])
const LOCATORS = ['downloadCode', 'pictureDownloadCode', 'recognition', 'dentryId'] as const

/** `content` as an object. That of a picture or a file may come as JSON text; any other JSON is what somebody wrote. */
function bodyIn({ content }: lenient.Fields, type: string | undefined): lenient.Fields | undefined {
  const body = lenient.recordOf(content)
  if (body === undefined || typeof content !== 'string' || MEDIA.has(type)) return body
  return type !== 'text' && LOCATORS.some(name => name in body) ? body : undefined
}
