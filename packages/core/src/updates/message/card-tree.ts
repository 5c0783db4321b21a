import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { Piece } from './pieces.ts'

/**
 * Element of a card that was sent as a message: `TEXT` has its text in `value`, `LINK` its address in `value`, `IMAGE`
 * a download code, `LIST` and `RICHTEXT` have children. The value of `UNKNOWN` is layout source, not text (multica,
 * sanitized from the live platform).
 */
export interface CardElement {
  /** Type in capitals: `TEXT`, `LINK`, `IMAGE`, `LIST`, `RICHTEXT` or `UNKNOWN`. */
  readonly elementType?: string | undefined
  /** Text, or address of a link. */
  readonly value?: string | undefined
  /** Download code of a picture. */
  readonly downloadCode?: string | undefined
  /** Elements inside; empty if none. */
  readonly children: readonly CardElement[]
}

/** Maximum depth: no real card is as deep, and a forged one must not overflow the stack. */
const DEEPEST = 32

const { text, filled } = lenient
const Element = v.object({ elementType: filled, value: text, text, downloadCode: filled, pictureDownloadCode: filled })

/** Parses `cardContent`: a list of elements, or a single one, or the JSON text of either. */
export function readElements(cardContent: unknown): readonly CardElement[] | undefined {
  const single = lenient.recordOf(cardContent)
  const isElement = single !== undefined && ('elementType' in single || 'children' in single)
  const elements = lenient.arrayOf(cardContent) ?? (isElement ? [single] : undefined)
  return elements?.flatMap(element => readElement(element, 0))
}

function readElement(raw: unknown, depth: number): CardElement[] {
  if (!lenient.isRecord(raw) || depth > DEEPEST) return []
  const { text: words, value = words, elementType, pictureDownloadCode, ...codes } = v.parse(Element, raw)
  const { downloadCode = pictureDownloadCode } = codes
  const children = lenient.arrayOf(raw.children)?.flatMap(child => readElement(child, depth + 1)) ?? []
  return [{ elementType: elementType?.toUpperCase(), downloadCode, value, children }]
}

/** Inline elements; all others are on lines of their own. */
const INLINE: ReadonlySet<string | undefined> = new Set(['TEXT', 'LINK', 'IMAGE'])

const BREAK: Piece = { text: '\n' }

/** Text of a tree: inline elements of one line after another, and line breaks between blocks. */
export function piecesOfTree(elements: readonly CardElement[], inList = false): Piece[] {
  const pieces: Piece[] = []
  let wasInline = true
  let hasWords = false
  for (const element of elements) {
    const isInline = INLINE.has(element.elementType) && !inList
    const said = piecesOfElement(element)
    // A picture has no text, so it makes no line.
    const isSilent = said.every(({ text: words }) => words === '')
    if (!isSilent && hasWords && !(isInline && wasInline)) pieces.push(BREAK)
    for (const piece of said) pieces.push(piece)
    if (isSilent) continue
    wasInline = isInline
    hasWords = true
  }
  return pieces
}

function piecesOfElement({ elementType, value, downloadCode, children }: CardElement): Piece[] {
  const inner = piecesOfTree(children, elementType === 'LIST')
  if (elementType === 'UNKNOWN') return inner
  // The value of a picture is its address, not text.
  if (downloadCode || elementType === 'IMAGE') return [{ text: '', isMedia: true }, ...inner]
  if (!value) return inner
  const own: Piece = elementType === 'LINK' ? { text: value, url: value } : { text: value, isPlainNode: true }
  return inner.length > 0 ? [own, BREAK, ...inner] : [own]
}

/** Lists all elements of a tree. */
export function allElements(elements: readonly CardElement[]): CardElement[] {
  return elements.flatMap(element => [element, ...allElements(element.children)])
}
