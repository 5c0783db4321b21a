import { escapeInline, escapeStart, fencedCode, inlineCode, linkTarget } from '../../markdown/escape.ts'
import type { Message } from './message.ts'
import type { Piece } from './pieces.ts'
import { piecesOfMessage } from './text-of.ts'

/** Text of a message as markdown: styles and links are kept, everything else is escaped. */
export function markdownOfMessage(message: Message): string {
  return markdownOf(piecesOfMessage(message))
}

/** Blocks of code and existing markdown are separated by blank lines; all other pieces are joined. */
export function markdownOf(pieces: readonly Piece[]): string {
  const blocks: string[] = []
  let runs: Piece[] = []
  const endRuns = (): void => {
    blocks.push(markdownOfRuns(runs))
    runs = []
  }
  for (const piece of merged(pieces)) {
    if (!piece.isMarkdown && piece.style !== 'pre') {
      runs.push(piece)
      continue
    }
    endRuns()
    blocks.push(piece.isMarkdown ? piece.text.trim() : fencedCode(piece.text))
  }
  endRuns()
  return blocks.filter(block => block !== '').join('\n\n')
}

/** Merges adjacent pieces of one style: `**a****b**` would not be bold, and `1` and `. b` would become a list. */
function merged(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    const areAlike =
      last && last.style === piece.style && !(last.url ?? piece.url) && !last.isMarkdown && !piece.isMarkdown
    if (areAlike) result.splice(-1, 1, { ...last, text: last.text + piece.text })
    else if (piece.text !== '') result.push(piece)
  }
  return result
}

/**
 * Written line by line, because no style may span a break. Lines end with a hard break, paragraphs with a blank line.
 */
function markdownOfRuns(pieces: readonly Piece[]): string {
  const lines: Piece[][] = [[]]
  for (const piece of pieces) {
    for (const [i, text] of piece.text.split('\n').entries()) {
      if (i > 0) lines.push([])
      lines.at(-1)?.push({ ...piece, text })
    }
  }
  const written = lines.map(line => line.reduce(append, { text: '' }).text.trim())
  return written
    .join('\n')
    .trim()
    .split(/\n{2,}/)
    .map(paragraph => paragraph.replaceAll('\n', '  \n'))
    .join('\n\n')
}

interface Line {
  readonly text: string
  /** Kind of the last element, if it matters for the next one. */
  readonly end?: 'link' | 'emphasis' | 'emphasisedMark'
}

const MARKERS = { bold: '**', italic: '*' } as const
/** Punctuation by the rules of emphasis (CommonMark, left- and right-flanking). */
const MARK = /[\p{P}\p{S}]/u

function append(line: Line, { text, style, url }: Piece): Line {
  const words = text.trim()
  if (words === '') return { text: line.text + text }
  const before = text.slice(0, text.length - text.trimStart().length)
  const after = text.slice(text.trimEnd().length)
  const isStart = !/\S/.test(line.text)
  const joint = before === '' && /\S/.test(lastOf(line.text)) ? jointOf(line, words, style, url) : before
  const written = writtenOf(words, style, url)
  const isPlain = style === undefined && url === undefined
  const end = after === '' ? endOf(words, style, url) : undefined
  return {
    text: line.text + joint + (isStart && isPlain ? escapeStart(written) : written) + after,
    ...(end && { end }),
  }
}

function writtenOf(words: string, style: Piece['style'], url: string | undefined): string {
  if (url !== undefined) return `[${escapeInline(words)}](${linkTarget(url)})`
  if (style === 'inlineCode') return inlineCode(words)
  const marker = style === 'bold' || style === 'italic' ? MARKERS[style] : ''
  return marker + escapeInline(words) + marker
}

/** Separator before the next element: a blank if that would not be read as a link or emphasis otherwise. */
function jointOf(line: Line, words: string, style: Piece['style'], url: string | undefined): string {
  const isEmphasis = style === 'bold' || style === 'italic'
  if (url !== undefined || line.end === 'link' || (isEmphasis && line.end !== undefined)) return ' '
  if (isEmphasis) return startsWithMark(words) && !MARK.test(lastOf(line.text)) ? ' ' : ''
  return line.end === 'emphasisedMark' && !startsWithMark(words) ? ' ' : ''
}

function endOf(words: string, style: Piece['style'], url: string | undefined): Line['end'] {
  if (url !== undefined) return 'link'
  if (style !== 'bold' && style !== 'italic') return undefined
  return MARK.test(lastOf(words)) ? 'emphasisedMark' : 'emphasis'
}

function startsWithMark(words: string): boolean {
  return MARK.test(String.fromCodePoint(words.codePointAt(0) ?? 0))
}

function lastOf(text: string): string {
  return [...text.slice(-2)].at(-1) ?? ''
}
