import type { Token } from 'markdown-it'
import { parseInline } from './inline.ts'
import { parseBlocks, type Source } from './parse.ts'
import { graphemes, words } from './segmenters.ts'

/**
 * Strips the markup from markdown, with each block on a line of its own: for logs, notifications and plain text
 * messages.
 *
 * @example plainTextOf('## 日报\n\n- 完成 **3** 项') // '日报\n完成 3 项'
 */
export function plainTextOf(markdown: string): string {
  const source = parseBlocks(markdown)
  return source.tokens
    .map((token, i) => (isEndOfRow(source, i) ? '' : textOf(token, source)))
    .join('')
    .trim()
}

function isEndOfRow({ tokens }: Source, i: number): boolean {
  return tokens[i + 1]?.type === 'tr_close'
}

const LONGEST_TITLE = 20

/**
 * Derives a title from markdown: its first heading, else its first words. For `ctx.replyMarkdown`, whose title is shown
 * in the chat list and the notification.
 *
 * @returns at most 20 characters, with `…` at the end if it was cut; `''` if there is no text
 * @example titleOf('今天完成\n\n# 日报') // '日报'
 * @example await ctx.replyMarkdown(titleOf(answer), answer)
 */
export function titleOf(markdown: string): string {
  const source = parseBlocks(markdown)
  const texts = source.tokens.map((token, i) => ({ token, isHeading: source.tokens[i - 1]?.type === 'heading_open' }))
  const headings = texts.filter(({ isHeading }) => isHeading)
  for (const { token } of [...headings, ...texts]) {
    const text = textOf(token, source).trim().replace(/\s+/g, ' ')
    if (text !== '') return shorten(text)
  }
  return ''
}

function textOf(token: Token, { env }: Source): string {
  switch (token.type) {
    case 'inline':
    case 'html_block':
      return parseInline(token.content, env).map(inlineText).join('')
    case 'fence':
    case 'code_block':
      return token.content
    case 'td_close':
    case 'th_close':
      return ' '
    case 'tr_close':
    case 'paragraph_close':
    case 'heading_close':
      return '\n'
    default:
      return ''
  }
}

function inlineText({ type, content, children }: Token): string {
  switch (type) {
    case 'text':
    case 'text_special':
    case 'code_inline':
      return content
    case 'image':
      return children?.map(inlineText).join('') ?? ''
    case 'softbreak':
    case 'hardbreak':
      return '\n'
    case 'html_inline':
      return /^<br\b/i.test(content) ? '\n' : ''
    default:
      return ''
  }
}

/** Cuts between words if there is a boundary in the second half, else between graphemes. */
function shorten(text: string): string {
  if (text.length <= LONGEST_TITLE) return text
  const room = LONGEST_TITLE - 1
  const start = text.slice(0, room * 4)
  const cut = (segmenter: Intl.Segmenter): number =>
    [...segmenter.segment(start)].map(({ index }) => index).findLast(index => index <= room) ?? 0
  const atWord = cut(words())
  const end = atWord >= room / 2 ? atWord : cut(graphemes())
  return `${text.slice(0, end).trimEnd()}…`
}
