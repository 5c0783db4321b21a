import { type Edits, trimEnd } from './edits.ts'
import { mapInline } from './inline.ts'
import type { Source } from './parse.ts'

/** A line break inside a paragraph. */
interface LineBreak {
  /** Number of the line that it ends. */
  readonly line: number
  /** True if it is a hard break made by a backslash. */
  readonly isEscaped: boolean
  /** True if the rest of the line would be read as markup, or as nothing, without the backslash. */
  readonly isBare: boolean
  /** True if this line is the first one of its paragraph. */
  readonly isFirst: boolean
  /** Offset at which the text of the next line starts, behind quote marks and indentation. */
  readonly column: number
}

const PADDING = '  '

/**
 * Writes line breaks as IM messages need them, with two spaces before and two behind. Without these DingTalk runs the
 * lines together.
 */
export function padBreaks(source: Source, edits: Edits): void {
  for (const lineBreak of lineBreaks(source)) {
    const { line, column } = lineBreak
    const ended = endOf(edits.line(line), lineBreak)
    const next = edits.line(line + 1)
    const text = next.slice(column)
    // Without the backslash the line could be blank or a marker, and end the paragraph.
    if (lineBreak.isBare || endsWithTag(ended) || startsWithTag(text)) continue
    edits.replace(line, ended + PADDING)
    // Outside its list or quote, a line that starts with such a character could become a rule or a table.
    if (/^[-=:|+*]/.test(text)) continue
    const prefix = next.slice(0, column)
    edits.replace(line + 1, prefix + PADDING.slice(prefix.length - trimEnd(prefix).length) + text)
  }
}

/** Writes line breaks as cards need them: `<br>`. */
export function brBreaks(source: Source, edits: Edits): void {
  for (const lineBreak of lineBreaks(source)) {
    if (lineBreak.isBare && lineBreak.isFirst) continue
    const { line, column } = lineBreak
    const ended = endOf(edits.line(line), lineBreak)
    const text = edits.line(line + 1).slice(column)
    edits.replace(line, ended)
    edits.replace(line + 1, text)
    edits.join(line + 1, endsWithTag(ended) || startsWithTag(text) ? '' : glue(ended, text))
  }
}

function endOf(line: string, { isEscaped }: LineBreak): string {
  return trimEnd(isEscaped ? line.slice(0, -1) : line)
}

// An emphasis marker next to `<` is read differently than at the end of a line.
function glue(ended: string, text: string): string {
  return `${/[*_~]$/.test(ended) ? ' ' : ''}<br>${/^[*_~]/.test(text) ? ' ' : ''}`
}

function endsWithTag(text: string): boolean {
  return /<br ?\/?>$/i.test(text)
}

function startsWithTag(text: string): boolean {
  return /^<br ?\/?>/i.test(text)
}

function lineBreaks({ lines, tokens, env }: Source): LineBreak[] {
  return tokens.flatMap(({ type, content, map }, i) => {
    const isParagraph = type === 'inline' && tokens[i - 1]?.type === 'paragraph_open'
    return isParagraph && map && content.includes('\n') ? breaksOf(content, map[0], lines, env) : []
  })
}

function breaksOf(content: string, firstLine: number, lines: readonly string[], env: Source['env']): LineBreak[] {
  const breaks = new Set(mapInline(content, env).breaks)
  const texts = content.split('\n')
  const found: LineBreak[] = []
  let end = 0
  for (const [i, text] of texts.entries()) {
    end += text.length
    const isEscaped = breaks.has(end - 1) && text.endsWith('\\')
    const column = columnOf(lines[firstLine + i + 1] ?? '', texts[i + 1] ?? '')
    if ((isEscaped || breaks.has(end)) && column !== undefined) {
      const isBare = isEscaped && /^[-+*#=_~`>|:.)\d\s]*\\$/.test(text)
      found.push({ line: firstLine + i, isEscaped, isBare, isFirst: i === 0, column })
    }
    end++
  }
  return found
}

/** Offset of a paragraph's text within its line. */
function columnOf(line: string, text: string): number | undefined {
  const bare = trimEnd(text.replace(/^[ \t]+/, ''))
  const trimmed = trimEnd(line)
  return trimmed.endsWith(bare) ? trimmed.length - bare.length : undefined
}
