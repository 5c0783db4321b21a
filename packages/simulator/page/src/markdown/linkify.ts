import type MarkdownIt from 'markdown-it'

const address = /^\/\/[^\s<>"`，。；：！？、（）【】《》「」“”‘’…]+/u

/**
 * Makes `md` find bare http(s) addresses as they stand in Chinese text.
 *
 * linkify-it's own rules swallow `，谢谢` after an address, for it may be part of one, and take `README.md` for a host in
 * Moldova.
 */
export function linkAddresses(md: MarkdownIt): void {
  md.linkify
    .set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
    .add('http:', { validate: (text, at) => lengthOfAddress(text.slice(at)) })
    .add('https:', 'http:')
    .add('ftp:', null)
    .add('mailto:', null)
    .add('//', null)
}

function lengthOfAddress(text: string): number {
  const found = address.exec(text)?.[0] ?? ''
  let end = found.length
  while (end > 0 && endsSentence(found.slice(0, end))) end--
  return end > 2 ? end : 0
}

// A closing bracket belongs to the address only when it was opened in it: (see https://example.com/a_(b)).
function endsSentence(link: string): boolean {
  const last = link.at(-1) ?? ''
  if (last === ')') return count(link, ')') > count(link, '(')
  if (last === ']') return count(link, ']') > count(link, '[')
  return ".,;:!?'*_~|".includes(last)
}

function count(text: string, char: string): number {
  return text.split(char).length - 1
}
