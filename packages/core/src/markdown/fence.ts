import { isBlank, parseBlocks } from './parse.ts'

/** What encloses code: the two lines around it. */
export interface FenceFrame {
  readonly open: string
  readonly close: string
}

const LONGEST_RUN = /^( {0,3})(`{3,}|~{3,})(?=[ \t]*$)/

/**
 * The text with a closing line for each fence that has none: such a fence swallows all that follows it.
 *
 * @example closeFences('```js\nlet a') // '```js\nlet a\n```'
 */
export function closeFences(text: string): string {
  const { lines, tokens } = parseBlocks(text)
  const closings = new Map<number, string>()
  for (const { type, map, content, markup } of tokens) {
    if (type !== 'fence' || !map || isClosed(lines, map, content, markup)) continue
    const opening = lines[map[0]] ?? ''
    // What stands before the fence: quote marks are to be repeated, the markers of lists become an indentation.
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

/** Code, and what is to enclose each stretch of it. */
export interface FencedCode extends FenceFrame {
  readonly lines: readonly string[]
  /** Whether the frame is not the one it had, which was too long. */
  readonly isOverlong?: boolean
}

/**
 * Takes a fence apart.
 *
 * @param longest the longest opening line to keep; a longer one becomes three backticks, its info string a line of code
 */
export function openFence(lines: readonly string[], markup: string, longest: number): FencedCode {
  const open = lines[0] ?? ''
  const code = lines.slice(1, -1)
  if (open.length <= longest) return { open, close: open.slice(0, open.indexOf(markup)) + markup, lines: code }
  const info = open.trim().slice(markup.length).trim()
  return { ...fenceAround(info === '' ? code : [info, ...code]), isOverlong: true }
}

/** Indented code as a fence: its cut lines would not stay code by themselves. */
export function fenceAround(lines: readonly string[]): FencedCode {
  return { open: '```', close: '```', lines: lines.map(disarm) }
}

/** A line of code that cannot close the fence around it: four spaces keep it from doing so. */
export function disarm(line: string): string {
  return LONGEST_RUN.test(line) ? `    ${line}` : line
}

/**
 * Text in which no line opens a fence any more, because a backslash takes the marker's meaning. Backticks with more of
 * them on the same line are inline code, and stay.
 *
 * @example escapeFences('```') // '\\```'
 */
export function escapeFences(text: string): string {
  return text.replace(/^((?:[ \t>]|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))*)(?=`{3,}[^`\n]*$|~~~)/gm, '$1\\')
}
