/**
 * A pattern for paths and topics: a whole text, a text with `*` for any run of characters, or a regular expression.
 *
 * @example
 * sim.faults.api({ path: '/v1.0/robot/*', fault: 'timeout' })
 *
 * A text must match from beginning to end, a regular expression anywhere.
 */
export type Pattern = string | RegExp

export function fitsPattern(pattern: Pattern | undefined, text: string): boolean {
  if (pattern === undefined) return true
  if (typeof pattern !== 'string') return text.search(pattern) >= 0
  const source = pattern.split('*').map(escapeRegExp).join('.*')
  return new RegExp(`^${source}$`).test(text)
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
