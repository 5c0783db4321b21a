import { escapeFences } from './fence.ts'
import { type InlineMap, type Span, spanAround } from './inline.ts'
import { type Fits, greatest } from './limits.ts'
import { graphemes, sentences, words } from './segmenters.ts'

/** Words and graphemes are searched in this many UTF-16 units before the limit. */
const TAIL = 400
/** UTF-16 units behind the limit that the segmenter gets, so that it can tell whether there is a boundary. */
const LOOK_AHEAD = 40

/** Text that is being cut, with the offset of the first character that is left. */
export interface Cutting {
  readonly text: string
  readonly from: number
  readonly map: InlineMap
}

export interface Piece {
  readonly text: string
  /** Offset of the next piece; the text's length if this was the last one. */
  readonly next: number
}

/**
 * Cuts off the longest piece that fits: at the end of a sentence, else of a word, a grapheme, a code point. Links, code
 * and emphasis are cut only if `force` is set and they do not fit by themselves.
 *
 * @returns `undefined` if no piece fits that could stand alone
 */
export function cutPiece(cutting: Cutting, fits: Fits, maxChars: number, force: boolean): Piece | undefined {
  const { text, from, map } = cutting
  const size = greatest(Math.min(maxChars, text.length - from), n => fits(standalone(text.slice(from, from + n), from)))
  const end = from + size
  if (end === text.length) return { text: standalone(text.slice(from), from), next: end }
  if (size === 0 && !force) return undefined
  let next = bestCut(text, from, end, map.all)
  if (next === undefined && force) next = bestCut(text, from, end, map.atoms) ?? bestCut(text, from, end, [])
  if (next === undefined && force) next = anyCut(text, from, Math.max(end, from + 1))
  return next === undefined ? undefined : { text: standalone(text.slice(from, next), from), next }
}

function bestCut(text: string, from: number, end: number, spans: readonly Span[]): number | undefined {
  const half = from + Math.ceil((end - from) / 2)
  const isFree = (at: number): boolean => at >= half && at <= end && spanAround(spans, at) === undefined
  const found =
    lastBoundary(sentences(), text, from, end, isFree) ??
    lastBoundary(words(), text, Math.max(from, end - TAIL), end, isFree)
  if (found !== undefined) return found
  const span = spanAround(spans, end)
  return span && span[0] > from ? span[0] : undefined
}

/**
 * Finds the last offset up to `end` that is not inside a grapheme, else not inside a surrogate pair; greater than
 * `from`.
 */
export function anyCut(text: string, from: number, end: number): number {
  const found = lastBoundary(graphemes(), text, Math.max(from, end - TAIL), end, at => at > from && at <= end)
  if (found !== undefined) return found
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(end))
  if (!splitsPair) return end
  return end - 1 > from ? end - 1 : end + 1
}

function lastBoundary(
  segmenter: Intl.Segmenter,
  text: string,
  from: number,
  end: number,
  accept: (at: number) => boolean,
): number | undefined {
  let found: number | undefined
  for (const { index } of segmenter.segment(text.slice(from, end + LOOK_AHEAD))) {
    if (index > 0 && accept(from + index)) found = from + index
  }
  return found
}

/** Makes a paragraph of a slice of one. `from` is 0 for the first slice, whose start can stay as it is. */
export function standalone(slice: string, from: number): string {
  // The backslash of a hard break would be shown, since no line follows.
  const bare = slice.trimEnd()
  const isBroken = slice[bare.length] === '\n' && /(?<!\\)(?:\\\\)*\\$/.test(bare)
  const ended = isBroken ? bare.slice(0, -1) : bare
  if (from === 0) return escapeFences(ended)
  // A tag alone on the first line would start an HTML block.
  const started = ended.replace(/^[ \t\n]+/, '').replace(/^(<[^<>\n]*>)[ \t]*\n/, '$1 ')
  return escapeFences(escapeStart(started))
}

/**
 * Escapes what would start a list, heading, quote or rule at the beginning of a line.
 *
 * @example escapeStart('- 5 degrees') // '\\- 5 degrees'
 */
export function escapeStart(text: string): string {
  const number = /^(\d{1,9})[.)](?=\s|$)/.exec(text)?.[1]
  if (number !== undefined) return `${number}\\${text.slice(number.length)}`
  const startsBlock = /^(?:[-+*](?=\s|$)|#{1,6}(?=\s|$)|>|([-*_])(?:[ \t]*\1){2,}[ \t]*(?=\n|$))/.test(text)
  return startsBlock ? `\\${text}` : text
}
