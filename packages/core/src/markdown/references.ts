import type { Env } from 'markdown-it'
import { mapInline, parseInline, type Span } from './inline.ts'
import { childBlocks, parseBlocks, type Source } from './parse.ts'

/** Replacement of the characters `from` to `to` of a line. */
interface Edit {
  readonly line: number
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Position from which the next inline text is searched. */
interface Cursor {
  line: number
  column: number
}

/**
 * Replaces links by reference (`[a]` with `[a]: https://…` elsewhere) by inline links, since a part is shown without
 * the rest of the text. A reference that spans a line end is kept; then the definitions are, too.
 */
export function inlineReferences(text: string): string {
  const source = parseBlocks(text)
  if (Object.keys(source.env.references ?? {}).length === 0) return text
  const edits: Edit[] = []
  const cursor: Cursor = { line: 0, column: 0 }
  let isComplete = true
  for (const { type, map, content } of source.tokens) {
    if (map && map[0] > cursor.line) Object.assign(cursor, { line: map[0], column: 0 })
    if (type !== 'inline') continue
    const places = placesOf(content, source.lines, cursor)
    for (const tail of tailsOf(content, source.env)) {
      const edit = places && editOf(tail, content, places)
      if (edit) edits.push(edit)
      else isComplete = false
    }
  }
  return withEdits(isComplete ? withoutDefinitions(source) : source.lines, edits).join('\n')
}

/** End of a reference, and the text that replaces it. */
interface Tail {
  readonly span: Span
  readonly text: string
}

function tailsOf(content: string, env: Env): Tail[] {
  return mapInline(content, env).atoms.flatMap(([from, to]): Tail[] => {
    const atom = content.slice(from, to)
    if (!/^!?\[.*\]$/s.test(atom)) return []
    const text = destinationOf(atom, env)
    if (text === undefined) return []
    // A label has no brackets inside, so the last `[` opens it: `[text][label]`, `[label][]`, or `[label]` alone.
    const label = /(?<=\])\[(?:[^[\]\\]|\\.)*\]$/s.exec(atom)
    return [{ span: [label ? from + label.index : to, to], text }]
  })
}

/** Inline target of a reference: `(https://… "title")`. */
function destinationOf(atom: string, env: Env): string | undefined {
  const [link] = parseInline(atom, env)
  const href = link?.attrGet('href') ?? link?.attrGet('src') ?? undefined
  if (href === undefined) return undefined
  const address = /^[^\s()<>]+$/.test(String(href)) ? href : `<${String(href).replace(/[<>\\]/g, '\\$&')}>`
  const title = String(link?.attrGet('title') ?? '')
    .replace(/["\\&|]/g, '\\$&')
    .replace(/\s*\n\s*/g, ' ')
  return title === '' ? `(${address})` : `(${address} "${title}")`
}

/**
 * Position of each line of an inline text; `undefined` if it is not in the source verbatim, as with `\|` in table
 * cells.
 */
function placesOf(content: string, lines: readonly string[], cursor: Cursor): readonly Cursor[] | undefined {
  const places: Cursor[] = []
  const at = { ...cursor }
  for (const part of content.split('\n')) {
    while (at.line < lines.length) {
      const column = (lines[at.line] ?? '').indexOf(part, at.column)
      if (column !== -1) {
        at.column = column
        break
      }
      Object.assign(at, { line: at.line + 1, column: 0 })
    }
    if (at.line >= lines.length) return undefined
    places.push({ ...at })
    at.column += part.length
  }
  Object.assign(cursor, at)
  return places
}

function editOf({ span: [from, to], text }: Tail, content: string, places: readonly Cursor[]): Edit | undefined {
  if (content.slice(from, to).includes('\n')) return undefined
  const before = content.slice(0, from).split('\n')
  const place = places[before.length - 1]
  if (!place) return undefined
  const start = place.column + (before.at(-1)?.length ?? 0)
  return { line: place.line, from: start, to: start + to - from, text }
}

function withEdits(lines: readonly string[], edits: readonly Edit[]): string[] {
  const edited = [...lines]
  for (const { line, from, to, text } of edits.toReversed()) {
    const before = edited[line] ?? ''
    edited[line] = before.slice(0, from) + text + before.slice(to)
  }
  return edited
}

/** Removes link definitions: the lines that belong to no block. */
function withoutDefinitions(source: Source): string[] {
  const lines = source.lines.map(() => '')
  for (const { start, end } of childBlocks(source)) {
    for (let line = start; line < end; line++) lines[line] = source.lines[line] ?? ''
  }
  return lines
}
