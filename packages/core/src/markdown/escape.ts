/** Start of a block at the beginning of a line: headings, lists, rules, underlines of headings, numbers of lists. */
const BLOCK = /^(?:[#=+-]|\d{1,9}(?=[.)]))/

/**
 * Escapes plain text for markdown: characters that would be markup within a line get a backslash.
 *
 * @example escapeInline('2 * 3') // '2 \\* 3'
 */
export function escapeInline(text: string): string {
  // For links, tags and entities it is enough to escape the first character.
  return text.replace(/[\\`*_[\]<>~|]|&(?=#?\w+;)/g, '\\$&')
}

/** Escapes the start of a line whose inline text is escaped already, if it would begin a block. */
export function escapeStart(line: string): string {
  return line.replace(BLOCK, mark => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`))
}

/** Wraps text as inline code, with enough backticks around it. */
export function inlineCode(code: string): string {
  const ticks = '`'.repeat(longestRun(code) + 1)
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : ''
  return `${ticks}${pad}${code}${pad}${ticks}`
}

/** Wraps text as a fenced code block, with a fence that the code does not contain. */
export function fencedCode(code: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1))
  return `${fence}\n${code.replace(/\n$/, '')}\n${fence}`
}

function longestRun(code: string): number {
  return (code.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0)
}

/** Encodes an address for the parentheses of a link. */
export function linkTarget(url: string): string {
  return url.replace(
    /[\s()<>\\]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
