import { isBlank, parseBlocks } from './parse.ts'

/** Opening and closing line of a code fence. */
export interface FenceFrame {
  readonly open: string
  readonly close: string
}

const LONGEST_RUN = /^( {0,3})(`{3,}|~{3,})(?=[ \t]*$)/

/**
 * Closes unclosed code fences in markdown; otherwise such a fence swallows all that follows. Useful for text that is
 * still being streamed or was cut.
 *
 * @example closeFences('```js\nlet a') // '```js\nlet a\n```'
 */
export function closeFences(text: string): string {
  const { lines, tokens } = parseBlocks(text)
  const closings = new Map<number, string>()
  for (const { type, map, content, markup } of tokens) {
    if (type !== 'fence' || !map || isClosed(lines, map, content, markup)) continue
    const opening = lines[map[0]] ?? ''
    // Prefix of the fence: quote marks are repeated, list markers become indentation.
    const prefix = opening.slice(0, opening.indexOf(markup)).replace(/[^>\s]/g, ' ')
    let end = map[1]
    while (end > map[0] + 1 && isBlank(lines[end - 1])) end--
    closings.set(end - 1, prefix + markup)
  }
  if (closings.size === 0) return lines.join('\n')
  return lines.flatMap((line, i) => [line, ...(closings.has(i) ? [closings.get(i) ?? ''] : [])]).join('\n')
}

function isClosed(lines: readonly string[], map: readonly [number, number], content: string, markup: string): boolean {
  const last = lines[map[1] - 1]?.replace(/^[ \t>]*/, '').trimEnd() ?? ''
  // The last line of an unclosed fence may end with the text, without a line break.
  const inside = content.replace(/\n$/, '').split('\n').length - (content === '' ? 1 : 0)
  return map[1] - map[0] === inside + 2 && last.length >= markup.length && last === markup.charAt(0).repeat(last.length)
}

/** Lines of code, with the fence that each stretch of them gets. */
export interface FencedCode extends FenceFrame {
  readonly lines: readonly string[]
  /** True if the original fence was too long and has been replaced. */
  readonly isOverlong?: boolean
}

/**
 * Takes a fenced block apart into fence and code.
 *
 * @param longest maximum length of the opening line; a longer one is replaced by three backticks, and its info string
 * becomes a line of code
 */
export function openFence(lines: readonly string[], markup: string, longest: number): FencedCode {
  const open = lines[0] ?? ''
  const code = lines.slice(1, -1)
  if (open.length <= longest) return { open, close: open.slice(0, open.indexOf(markup)) + markup, lines: code }
  const info = open.trim().slice(markup.length).trim()
  return { ...fenceAround(info === '' ? code : [info, ...code]), isOverlong: true }
}

/** Puts indented code into a fence, since its lines would not remain code when they are cut. */
export function fenceAround(lines: readonly string[]): FencedCode {
  return { open: '```', close: '```', lines: lines.map(disarm) }
}

/** Indents a line of code that would otherwise close the fence around it. */
export function disarm(line: string): string {
  return LONGEST_RUN.test(line) ? `    ${line}` : line
}

/**
 * Escapes the markers of fences in text, so that no line opens one. A line with more backticks later on is inline code
 * and remains as it is.
 *
 * @example escapeFences('```') // '\\```'
 */
export function escapeFences(text: string): string {
  return text.replace(/^((?:[ \t>]|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))*)(?=`{3,}[^`\n]*$|~~~)/gm, '$1\\')
}
