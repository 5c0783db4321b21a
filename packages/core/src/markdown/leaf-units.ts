import { anyCut, type Cutting, cutPiece, standalone } from './cut.ts'
import { disarm, escapeFences, type FenceFrame } from './fence.ts'
import { mapInline } from './inline.ts'
import { greatest, type Limits } from './limits.ts'
import type { Place, Unit } from './unit.ts'

/** Unit of a heading or paragraph: cut between sentences, words, graphemes, code points. */
export function textUnit(type: 'heading' | 'block', place: Place, text: string, limits: Limits): Unit {
  return cuttingUnit(type, place, () => ({ text, from: 0, map: mapInline(text) }), text.length, limits)
}

/** Unit of text that is no longer read as blocks: nested too deeply, HTML, tables with overlong rows. */
export function rawUnit(place: Place, text: string, limits: Limits): Unit {
  const escaped = escapeFences(text)
  const cutting = { text: escaped, from: 0, map: { breaks: [], atoms: [], all: [] } }
  return cuttingUnit('raw', place, () => cutting, escaped.length, limits)
}

function cuttingUnit(type: Unit['type'], place: Place, open: () => Cutting, length: number, limits: Limits): Unit {
  return {
    type,
    ...place,
    length,
    text() {
      const { text, from } = open()
      return from === 0 ? text : standalone(text.slice(from), from)
    },
    take(fits, isFresh) {
      const cutting = open()
      const piece = cutPiece(cutting, fits, limits.maxChars, isFresh)
      if (!piece) return undefined
      const left = cutting.text.length - piece.next
      const next = (): Cutting => ({ ...cutting, from: piece.next })
      return { text: piece.text, rest: left > 0 ? [cuttingUnit(type, place, next, left, limits)] : [] }
    },
  }
}

/** Lines of a block, between lines that each part repeats. */
interface Lines {
  readonly lines: readonly string[]
  readonly from: number
  /** Rest of the first line, if it has been cut. */
  readonly head?: string
}

/** Unit of code: cut at line ends; each part gets the opening and the closing line. */
export function fenceUnit(place: Place, frame: FenceFrame, code: Lines, limits: Limits): Unit {
  const { lines, from, head } = code
  const first = head ?? lines[from] ?? ''
  // After a cut, the rest of a line may look like the end of the fence.
  const start = head === undefined ? first : disarm(first)
  const fence = (to: number): string => frameLines(frame, from < to ? [start, ...lines.slice(from + 1, to)] : [])
  const rest = (next: number, left?: string): Unit[] => {
    if (next >= lines.length) return []
    return [fenceUnit(place, frame, { lines, from: next, ...(left === undefined ? {} : { head: left }) }, limits)]
  }
  const partial = (end: number): string => frameLines(frame, [disarm(first.slice(0, end))])
  return {
    type: 'block',
    ...place,
    isWhole: from === 0 && head === undefined,
    length: count(code, limits).chars,
    text: () => fence(lines.length),
    take(fits, isFresh) {
      const taken = greatest(count(code, limits).lines, n => fits(fence(from + n)))
      if (taken > 0) return { text: fence(from + taken), rest: rest(from + taken) }
      if (!isFresh) return undefined
      const chars = greatest(first.length, n => fits(partial(n)))
      const end = chars === 0 ? 0 : anyCut(first, 0, chars)
      return end === 0 ? undefined : { text: partial(end), rest: rest(from, first.slice(end)) }
    },
  }
}

function frameLines({ open, close }: FenceFrame, body: readonly string[]): string {
  return [open, ...body, close].join('\n')
}

/** Unit of a table: cut between rows; each part gets the header. */
export function tableUnit(place: Place, lines: readonly string[], limits: Limits, from = 2): Unit {
  const table = (to: number): string => [...lines.slice(0, 2), ...lines.slice(from, to)].join('\n')
  const rest = (next: number): Unit[] => (next < lines.length ? [tableUnit(place, lines, limits, next)] : [])
  return {
    type: 'block',
    ...place,
    isWhole: from === 2,
    length: count({ lines, from }, limits).chars,
    text: () => table(lines.length),
    take(fits, isFresh) {
      const taken = greatest(count({ lines, from }, limits).lines, n => fits(table(from + n)))
      if (taken > 0) return { text: table(from + taken), rest: rest(from + taken) }
      if (!isFresh) return undefined
      return { rest: [rawUnit(place, lines[from] ?? '', limits), ...rest(from + 1)] }
    },
  }
}

// Counts as many lines as a part can have room for, and their length. Counting all of them for each part would take
// quadratic time.
function count({ lines, from, head }: Lines, { maxChars }: Limits): { lines: number; chars: number } {
  let chars = 0
  let i = from
  for (; i < lines.length && chars <= maxChars; i++)
    chars += ((i === from ? head : undefined) ?? lines[i] ?? '').length + 1
  return { lines: i - from, chars }
}
