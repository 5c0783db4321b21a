import type { Token } from 'markdown-it'
import { closeFences } from '../../markdown/fence.ts'
import { parseInline } from '../../markdown/inline.ts'
import { childBlocks, parseBlocks } from '../../markdown/parse.ts'
import { givenIds } from './given-ids.ts'
import { hasText } from './text.ts'

/** userIds to mention, or `all`. */
export type At = readonly string[] | 'all' | undefined

/**
 * People to mention in a text or markdown message (robot-message-type). Works in replies through the session webhook
 * and with webhooks of custom robots; the robot APIs cannot mention.
 */
export interface Mentions {
  /** userIds to mention (`staffId`), or `all`. */
  readonly at?: At
  /** Mobile numbers to mention; also of people outside the organisation. */
  readonly atMobiles?: readonly string[] | undefined
  /** Encrypted ids to mention, as they come in messages (`ctx.from.id`): for people without a userId. */
  readonly atDingtalkIds?: readonly string[] | undefined
}

/** True if anybody is mentioned. */
export function isMentioning(mentions: Mentions): boolean {
  return mentions.at === 'all' || isNaming(mentions)
}

/** True if somebody is mentioned by an `@id` in the text; `all` has none. */
export function isNaming(mentions: Mentions): boolean {
  return idsOf(mentions).length > 0
}

function idsOf({ at, atMobiles, atDingtalkIds }: Mentions): readonly string[] {
  return [...(at === 'all' ? [] : givenIds(at)), ...givenIds(atMobiles), ...givenIds(atDingtalkIds)]
}

/** Mentions in the form of the session webhook. */
export function mentionsFor({ at, ...others }: Mentions): object {
  const [atMobiles, atDingtalkIds] = [givenIds(others.atMobiles), givenIds(others.atDingtalkIds)]
  return {
    ...(at === 'all' ? { isAtAll: true } : { atUserIds: givenIds(at) }),
    ...(atMobiles.length > 0 && { atMobiles }),
    ...(atDingtalkIds.length > 0 && { atDingtalkIds }),
  }
}

/**
 * Adds the `@id`s that a text lacks: without them, mentioned people are shown only behind the message
 * (robot-message-type). An `@id` that is in the text already stays where the author put it.
 */
export function withTokens(text: string, mentions: Mentions): string {
  const tokens = tokensMissing(text, mentions)
  if (tokens === '') return text
  return hasText(text) ? `${text} ${tokens}` : tokens
}

/**
 * Adds the `@id`s that markdown lacks: on the last line if that ends a paragraph, else in a paragraph of their own.
 * Behind code, a table or a heading they would become part of it, and mention nobody (chatgpt-dingtalk#272,
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

/** End of an e-mail address (`me@0408.example`): the text before `@` is no mention. */
const ADDRESS = /(?<![@\w.+-])[\w.+-]+$/
/** Beginning of a web address (`https://social.example/@0408`), up to a blank or a character that ends it. */
const WEB_ADDRESS = /https?:\/\/[^\s<>"'`，。；、！？（）【】]*$/i
/** Maximum number of characters of an address that are looked at. */
const LONGEST_ADDRESS = 2_048
/** Continuation of an id: userIds may hold hyphens, so `@0408-16` is another person than `@0408`. */
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

/** Plain text of markdown: an `@id` in code or in a link's address mentions nobody. */
function proseOf(markdown: string): string {
  const { tokens, env } = parseBlocks(markdown)
  const texts = tokens.filter(({ type }) => type === 'inline' || type === 'html_block')
  return texts.map(({ content }) => parseInline(content, env).map(wordsOf).join('')).join('\n')
}

function wordsOf({ type, content }: Token): string {
  if (type === 'softbreak' || type === 'hardbreak') return '\n'
  return type === 'text' || type === 'text_special' ? content : ''
}

/** Lines that DingTalk may read as a block although CommonMark does not. */
const LIKE_BLOCK = /^\s*(?:[|>#~]|```|[-+*]\s|[-=*_]{3,}|\d+[.)、])|\|\s*$/

function endsInParagraph(markdown: string): boolean {
  const source = parseBlocks(markdown)
  const last = childBlocks(source).at(-1)
  return last?.type === 'paragraph' && last.end === source.lines.length && !LIKE_BLOCK.test(source.lines.at(-1) ?? '')
}
