import { isCiphertext } from '../lenient/ciphertext.ts'
import { type Fields, wordsOf } from '../lenient/lenient.ts'
import type { Body } from './body.ts'
import { piecesOfCard } from './card.ts'
import { textOfRecord } from './chat-record.ts'
import type { RichTextNode, TextStyle } from './rich-text.ts'
import { textIn } from './text.ts'

/** A part of what a message says, as `ctx.text` joins and `ctx.markdown` marks them up. */
export interface Piece {
  readonly text: string
  readonly style?: TextStyle | undefined
  /** Where a link leads; its text is the same, or what it is called. */
  readonly url?: string | undefined
  /** The text is markdown already. */
  readonly isMarkdown?: boolean
  /** A text node of a rich text, without a style: what mentions come as. */
  readonly isPlainNode?: boolean
  /** Said to be a mention: the id of who is mentioned, `''` when it is not told. */
  readonly mention?: string
  /** There is a picture or a file in this place. */
  readonly isMedia?: boolean
}

/** What is said by what is particular to a type; `fields` is the payload it was read from. Never what is encrypted. */
export function piecesOf(body: Body, fields: Fields): readonly Piece[] {
  const pieces = allPieces(body, fields)
  if (isCiphertext(joined(pieces))) return []
  return pieces.some(isEncrypted) ? pieces.filter(piece => !isEncrypted(piece)) : pieces
}

/** Whether something is said that only clients can read. */
export function hasCiphertext(body: Body, fields: Fields): boolean {
  return body.msgtype === 'text' ? body.text.isEncrypted === true : hasEncrypted(allPieces(body, fields))
}

/** A text that is encrypted may be cut into pieces, of which the last alone looks so. */
function joined(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

function hasEncrypted(pieces: readonly Piece[]): boolean {
  return pieces.some(isEncrypted) || isCiphertext(joined(pieces))
}

function isEncrypted({ text }: Piece): boolean {
  return isCiphertext(text)
}

function allPieces(body: Body, fields: Fields): readonly Piece[] {
  switch (body.msgtype) {
    case 'text':
      return [{ text: body.text.content }]
    case 'richText':
      return body.content.richText.map(pieceOfNode)
    case 'markdown':
      return [{ text: body.content.text, isMarkdown: true }]
    case 'actionCard':
      return [{ text: body.content.text || body.content.title || '', isMarkdown: true }]
    case 'audio':
      return [{ text: body.content.recognition ?? '' }]
    case 'interactiveCard':
      return piecesOfCard(body.content)
    case 'chatRecord':
      return [{ text: textOfRecord(body.content) }]
    case 'unknown':
      return [{ text: textIn(fields) ?? wordsOf(fields.content) ?? '' }]
    default:
      return []
  }
}

function pieceOfNode(node: RichTextNode): Piece {
  switch (node.type) {
    case 'text':
      return { text: node.text, style: node.style, isPlainNode: node.style === undefined }
    case 'at':
      return { text: node.atName ? `@${node.atName.trim().replace(/^@/, '')} ` : '', mention: node.atUserId ?? '' }
    case 'picture':
      return { text: node.text ?? '', style: node.style, isMedia: true }
    case 'audio':
    case 'video':
    case 'file':
      return { text: node.text ?? node.recognition ?? '', style: node.style, isMedia: true }
    case 'skill':
      return { text: '' }
    default:
      return { text: node.text ?? '' }
  }
}
