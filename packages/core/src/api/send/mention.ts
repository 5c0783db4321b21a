import type { Token } from 'markdown-it'
import { closeFences } from '../../markdown/fence.ts'
import { parseInline } from '../../markdown/inline.ts'
import { childBlocks, parseBlocks } from '../../markdown/parse.ts'
import { givenIds } from './given-ids.ts'
import { hasText } from './text.ts'

/** userIds to mention, or `all`. */
export type At = readonly string[] | 'all' | undefined

/** Who is mentioned (robot-message-type). */
export interface Mentions {
  /** userIds to mention (`staffId`), or `all`. */
  readonly at?: At
  /** Mobile numbers to mention: of people outside the organisation too. */
  readonly atMobiles?: readonly string[] | undefined
  /** Encrypted ids to mention, as messages carry them (`ctx.from.id`): of people who have no userId. */
  readonly atDingtalkIds?: readonly string[] | undefined
}

/** Whether anybody is mentioned. */
export function isMentioning(mentions: Mentions): boolean {
  return mentions.at === 'all' || isNaming(mentions)
}

/** Whether somebody is mentioned who has a token in the text; all together have none. */
export function isNaming(mentions: Mentions): boolean {
  return idsOf(mentions).length > 0
}

function idsOf({ at, atMobiles, atDingtalkIds }: Mentions): readonly string[] {
  return [...(at === 'all' ? [] : givenIds(at)), ...givenIds(atMobiles), ...givenIds(atDingtalkIds)]
}

/** Who is mentioned, in the form of the session webhook. */
export function mentionsFor({ at, ...others }: Mentions): object {
  const [atMobiles, atDingtalkIds] = [givenIds(others.atMobiles), givenIds(others.atDingtalkIds)]
  return {
    ...(at === 'all' ? { isAtAll: true } : { atUserIds: givenIds(at) }),
    ...(atMobiles.length > 0 && { atMobiles }),
    ...(atDingtalkIds.length > 0 && { atDingtalkIds }),
  }
}

/**
 * The text with what must stand in it: without their token, people who are mentioned show only behind the message
 * (robot-message-type). Where the token stands already, the author has chosen its place.
 */
export function withTokens(text: string, mentions: Mentions): string {
  const tokens = tokensMissing(text, mentions)
  if (tokens === '') return text
  return hasText(text) ? `${text} ${tokens}` : tokens
}

/**
 * The same for markdown: the tokens go on the last line where that is the end of a paragraph, else into a paragraph of their
 * own. Behind code, a table or a heading they would become part of it, and mention nobody (chatgpt-dingtalk#272,
 * hermes-agent#41244).
 */
export function withMarkdownTokens(markdown: string, mentions: Mentions): string {
  if (!isNaming(mentions)) return markdown
  const tokens = tokensMissing(proseOf(markdown), mentions)
  if (tokens === '') return markdown
  if (!hasText(markdown)) return tokens
  const closed = closeFences(markdown).trimEnd()
  return `${closed}${endsInParagraph(closed) ? ' ' : '\n\n'}${tokens}`
}

function tokensMissing(text: string, mentions: Mentions): string {
  const missing = [...new Set(idsOf(mentions))].filter(id => !holdsToken(text, id))
  return missing.map(id => `@${id}`).join(' ')
}

/** An address (`me@0408.example`): what stands before its sign is no token itself. */
const ADDRESS = /(?<![@\w.+-])[\w.+-]+$/
/** The path of a web page (`https://social.example/@0408`), as far as it goes without a blank or a sign that ends it. */
const WEB_ADDRESS = /https?:\/\/[^\s<>"'`，。；、！？（）【】]*$/i
/** More of an address than that is not looked at. */
const LONGEST_ADDRESS = 2_048
/** What goes on like an id: userIds may hold hyphens, so `@0408-16` is somebody else than `@0408`. */
const GOES_ON = /^[-.+]*\w/
/** An id has at most 64 characters. */
const LONGEST_ID = 65

function holdsToken(text: string, id: string): boolean {
  const token = `@${id}`
  for (let at = text.indexOf(token); at !== -1; at = text.indexOf(token, at + 1)) {
    const end = at + token.length
    const isAddress = ADDRESS.test(text.slice(Math.max(0, at - LONGEST_ID), at))
    const isWebAddress = WEB_ADDRESS.test(text.slice(Math.max(0, at - LONGEST_ADDRESS), at))
    if (!isAddress && !isWebAddress && !GOES_ON.test(text.slice(end, end + LONGEST_ID))) return true
  }
  return false
}

/** What is read as text: a token in code or in the address of a link mentions nobody. */
function proseOf(markdown: string): string {
  const { tokens, env } = parseBlocks(markdown)
  const texts = tokens.filter(({ type }) => type === 'inline' || type === 'html_block')
  return texts.map(({ content }) => parseInline(content, env).map(wordsOf).join('')).join('\n')
}

function wordsOf({ type, content }: Token): string {
  if (type === 'softbreak' || type === 'hardbreak') return '\n'
  return type === 'text' || type === 'text_special' ? content : ''
}

/** What DingTalk may see a block in, though a parser that follows CommonMark does not. */
const LIKE_BLOCK = /^\s*(?:[|>#~]|```|[-+*]\s|[-=*_]{3,}|\d+[.)、])|\|\s*$/

function endsInParagraph(markdown: string): boolean {
  const source = parseBlocks(markdown)
  const last = childBlocks(source).at(-1)
  return last?.type === 'paragraph' && last.end === source.lines.length && !LIKE_BLOCK.test(source.lines.at(-1) ?? '')
}
