/** What begins a block at the start of a line: headings, lists, rules, underlines of headings, numbers of lists. */
const BLOCK = /^(?:[#=+-]|\d{1,9}(?=[.)]))/

/**
 * Words as markdown that says the same: what would be markup within a line is escaped.
 *
 * @example escapeInline('2 * 3') // '2 \\* 3'
 */
export function escapeInline(text: string): string {
  // Of a link, a tag or an entity it is enough that its first character means itself.
  return text.replace(/[\\`*_[\]<>~|]|&(?=#?\w+;)/g, '\\$&')
}

/** Escapes what would begin a block, at the start of a line whose words are escaped. */
export function escapeStart(line: string): string {
  return line.replace(BLOCK, mark => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`))
}

/** Code within a line, between as many backticks as it takes. */
export function inlineCode(code: string): string {
  const ticks = '`'.repeat(longestRun(code) + 1)
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : ''
  return `${ticks}${pad}${code}${pad}${ticks}`
}

/** A block of code, in a fence that it does not hold. */
export function fencedCode(code: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1))
  return `${fence}\n${code.replace(/\n$/, '')}\n${fence}`
}

function longestRun(code: string): number {
  return (code.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0)
}

/** An address that may stand in the parentheses of a link. */
export function linkTarget(url: string): string {
  return url.replace(
    /[\s()<>\\]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
