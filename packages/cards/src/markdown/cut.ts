import { fenceAfter } from './fence.ts'

/** A text in two, each of them valid markdown. */
export interface Cut {
  readonly head: string
  readonly rest: string
}

/** Room for the line that closes a fence. */
const MARGIN = 16
/** An emoji of a family with its joiners has 11 units, one with skin colours twice that. */
const LONGEST_CHARACTER = 64
/** A boundary is worth taking when at least this part of the limit is before it. */
const WORTHWHILE = 0.4

/**
 * Cuts a text that is longer than `limit` characters: between blocks where that is possible, else between lines, else
 * after a sentence, else anywhere but within a character. A fence that is cut through is closed and opened again, a
 * table gets its header again.
 */
export function cutMarkdown(text: string, limit: number): Cut {
  const room = text.slice(0, Math.max(1, limit - MARGIN))
  const at = blockBoundary(room) ?? lineBoundary(room) ?? sentenceBoundary(room) ?? characterBoundary(text, room.length)
  const head = text.slice(0, at).trimEnd()
  const rest = text.slice(at).replace(/^\n+/, '')
  const cut = joined(head, rest)
  // What is repeated may be longer than what was cut off; the text has to come to an end.
  return cut.rest.length < text.length ? cut : { head, rest }
}

function joined(head: string, rest: string): Cut {
  const fence = fenceAfter(head)
  if (fence) return reopened(head, rest, fence)
  const header = tableHeaderAt(head, rest)
  return { head, rest: header === undefined ? rest : `${header}\n${rest}` }
}

/** Nothing is left of the rest when all it does is to close the fence; a head that only opens one says nothing. */
function reopened(head: string, rest: string, { open, close }: { readonly open: string; readonly close: string }): Cut {
  const closed = `${head}\n${close}`
  const [first = '', ...lines] = rest.split('\n')
  if (first.trim() === close.trim()) return { head: closed, rest: lines.join('\n').replace(/^\n+/, '') }
  return { head: closed, rest: `${open}\n${rest}` }
}

/** The last blank line outside of a fence. */
function blockBoundary(room: string): number | undefined {
  for (let at = room.lastIndexOf('\n\n'); at > room.length * WORTHWHILE; at = room.lastIndexOf('\n\n', at - 1)) {
    if (!fenceAfter(room.slice(0, at))) return at
  }
  return undefined
}

function lineBoundary(room: string): number | undefined {
  const at = room.lastIndexOf('\n')
  if (at <= room.length * WORTHWHILE) return undefined
  const before = room.lastIndexOf('\n', at - 1)
  // A table's header and its line of dashes belong together.
  const isHeader =
    isRow(room.slice(before + 1, at)) && !isRow(room.slice(room.lastIndexOf('\n', before - 1) + 1, before))
  return isHeader && before > 0 ? before : at
}

function sentenceBoundary(room: string): number | undefined {
  const ends = [...room.matchAll(/[。！？；]|[.!?;](?=\s)|，|,(?=\s)/g)]
  const at = (ends.at(-1)?.index ?? -1) + 1
  return at > room.length * WORTHWHILE ? at : undefined
}

/** Not within what is seen as one character, however many it is made of. */
function characterBoundary(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST_CHARACTER)
  const around = text.slice(from, at + LONGEST_CHARACTER)
  const start = new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(around).containing(at - from)?.index
  return start ? from + start : at
}

function isRow(line: string): boolean {
  return /^\s*\|/.test(line)
}

/** The two lines that head the table which both sides of a cut belong to. */
function tableHeaderAt(head: string, rest: string): string | undefined {
  if (!isRow(rest.split('\n', 1)[0] ?? '')) return undefined
  const lines = head.split('\n')
  let first = lines.length
  while (first > 0 && isRow(lines[first - 1] ?? '')) first--
  const [names, dashes] = lines.slice(first)
  return names !== undefined && dashes !== undefined && /^[\s|:-]+$/.test(dashes) ? `${names}\n${dashes}` : undefined
}
