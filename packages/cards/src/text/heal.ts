import { closeFences } from '@dingware/core/plugin'
import remend, { type RemendOptions } from 'remend'

const OPTIONS: RemendOptions = {
  linkMode: 'text-only',
  // Cards know neither the backslash before a tilde nor before `>`, and no formulas.
  singleTilde: false,
  comparisonOperators: false,
  katex: false,
  // It would put an invisible character into the text; a heading that was underlined by mistake lasts one frame.
  setextHeadings: false,
}

/**
 * Makes valid markdown of a text that is still being written: what was opened is closed, what nobody could read yet is
 * left out. A newline at the end would flicker as an empty line.
 */
export function healMarkdown(text: string): string {
  const trimmed = text.trimEnd()
  const closed = closeFences(trimmed)
  if (isCodeOpen(trimmed)) return closed
  // One or two of them alone are a fence that is only being opened.
  const certain = withoutUnsureTable(trimmed.replace(/(^|\n)[ ]{0,3}(`{1,2}|~{1,2})$/, '').trimEnd())
  const healed = remend(certain, OPTIONS)
  return closeFences(healed.replace(/!\[[^\]\n]*\]\(streamdown:incomplete-image\)$/, '').trimEnd())
}

/** Whether a text ends within a block of code. */
export function isCodeOpen(text: string): boolean {
  const trimmed = text.trimEnd()
  return closeFences(trimmed) !== trimmed.replace(/\r\n?/g, '\n')
}

const DELIMITER = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/

/** Rows with pipes are a table only once the line of dashes below the first is complete; until then they are held back. */
function withoutUnsureTable(text: string): string {
  const lines = text.split('\n')
  let first = lines.length
  while (first > 0 && /^\s*\|/.test(lines[first - 1] ?? '')) first--
  const rows = lines.slice(first)
  const [head = '', delimiter] = rows
  if (rows.length === 0 || rows.length > 2) return text
  const isTable = delimiter !== undefined && DELIMITER.test(delimiter) && columns(delimiter) >= columns(head)
  return isTable ? text : lines.slice(0, first).join('\n').trimEnd()
}

function columns(row: string): number {
  return row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|').length
}
