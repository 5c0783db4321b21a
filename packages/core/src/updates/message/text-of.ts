import { type Fields, recordOf } from '../lenient/lenient.ts'
import type { Body } from './body.ts'
import { withMentionsApart, withoutBotMention } from './bot-mention.ts'
import { isBotMentioned, mentionsOf } from './mentions.ts'
import type { Message } from './message.ts'
import { type Piece, piecesOf } from './pieces.ts'

/**
 * Text of a message for handlers, trimmed and without styles.
 *
 * | message | text |
 * | --- | --- |
 * | text | the text; the platform has removed all mentions |
 * | richText | its texts joined, with other people's mentions as `@name`, without the mention of the bot |
 * | markdown, actionCard | the markdown source (for a card without text, its title) |
 * | audio | DingTalk's transcript |
 * | interactiveCard | the text of the card, without the mention of the bot, else its title and link |
 * | chatRecord | a line for each message, `name: text`; else the summary |
 * | unknown | a text in one of the usual places |
 * | picture, video, file, unknownMsgType, quota | `''` |
 *
 * Encrypted text is left out.
 */
export function textOfMessage(message: Message): string {
  // Fast path for most messages.
  return message.msgtype === 'text' ? message.text.content.trim() : joined(piecesOfMessage(message))
}

/** Pieces of a message's text, without the mention of the bot. (From plain text the platform has removed it.) */
export function piecesOfMessage(message: Message): readonly Piece[] {
  const pieces = piecesOf(message, recordOf(message.raw) ?? {})
  const hasMentions = message.msgtype === 'richText' || message.msgtype === 'interactiveCard'
  if (!hasMentions || !isBotMentioned(message)) return pieces
  return withoutBotMention(pieces, { botId: message.chatbotUserId, others: mentionsOf(message) })
}

/**
 * Texts of a message, unjoined (`get_text_list()` of the Python SDK): those between the pictures of a rich text, else
 * the only one, else none.
 */
export function textsOf(message: Message): string[] {
  if (message.msgtype === 'text') return nonEmpty([message.text.content])
  if (message.msgtype !== 'richText') return nonEmpty([textOfMessage(message)])
  const said = piecesOf(message, {}).map(({ text, mention }) => (mention === undefined ? text : undefined))
  return nonEmpty(said)
}

/** Text of a message's body; `fields` is the payload that it was parsed from. */
export function textOfBody(body: Body, fields: Fields): string {
  const pieces = piecesOf(body, fields)
  return joined(body.msgtype === 'richText' ? withMentionsApart(pieces) : pieces)
}

function joined(pieces: readonly Piece[]): string {
  let text = ''
  let afterLink = false
  for (const { text: words, url } of pieces) {
    if (words === '') continue
    // An address ends at the next blank, so text beside it must not become a part of it.
    if ((url !== undefined || afterLink) && /\S/.test(text.slice(-1)) && !/^\s/.test(words)) text += ' '
    text += words
    afterLink = url !== undefined
  }
  return text.trim()
}

function nonEmpty(texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text): text is string => text !== undefined && text !== '')
}
