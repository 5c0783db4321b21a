import { ciphertextIn, isCiphertext } from '../lenient/ciphertext.ts'
import { type Fields, wordsOf } from '../lenient/lenient.ts'
import type { Body } from './body.ts'
import { piecesOfCard } from './card.ts'
import { textOfRecord } from './chat-record.ts'
import type { RichTextNode, TextStyle } from './rich-text.ts'
import { textIn } from './text.ts'

/** Part of a message's text, which `ctx.text` joins and `ctx.markdown` formats. */
export interface Piece {
  readonly text: string
  readonly style?: TextStyle | undefined
  /** Target of a link, whose text is its label or the address itself. */
  readonly url?: string | undefined
  /** True if the text is markdown already. */
  readonly isMarkdown?: boolean
  /** True for a text node of rich text without a style, as mentions come. */
  readonly isPlainNode?: boolean
  /** Id of the mentioned person, if the node is marked as a mention; `''` if the id is missing. */
  readonly mention?: string
  /** True for a picture or file at this position. */
  readonly isMedia?: boolean
}

/** Text of a message's body, without encrypted parts; `fields` is the payload that it was parsed from. */
export function piecesOf(body: Body, fields: Fields): readonly Piece[] {
  const pieces = allPieces(body, fields)
  const encrypted = encryptedOf(pieces)
  return encrypted.size > 0 ? pieces.filter(piece => !encrypted.has(piece)) : pieces
}

/** True if some of the text is readable by clients only. */
export function hasCiphertext(body: Body, fields: Fields): boolean {
  if (body.msgtype === 'text') return body.text.isEncrypted === true
  if (body.msgtype === 'chatRecord' && body.content.isEncrypted) return true
  return encryptedOf(allPieces(body, fields)).size > 0
}

/** Encrypted pieces. An encrypted text may be split into several, of which only the last one looks encrypted. */
function encryptedOf(pieces: readonly Piece[]): ReadonlySet<Piece> {
  const encrypted = new Set(pieces.filter(({ text }) => isCiphertext(text)))
  const spans = ciphertextIn(pieces.map(({ text }) => text).join(''))
  if (spans.length === 0) return encrypted
  let from = 0
  for (const piece of pieces) {
    const to = from + piece.text.length
    if (to > from && spans.some(span => span[0] <= from && to <= span[1])) encrypted.add(piece)
    from = to
  }
  return encrypted
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
