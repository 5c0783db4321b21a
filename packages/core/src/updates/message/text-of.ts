import { type Fields, recordOf } from '../lenient/lenient.ts'
import type { Body } from './body.ts'
import { withMentionsApart, withoutBotMention } from './bot-mention.ts'
import { isBotMentioned, mentionsOf } from './mentions.ts'
import type { Message } from './message.ts'
import type { Piece } from './piece.ts'
import { piecesOf } from './pieces.ts'

/**
 * The text that a handler wants, trimmed and without styles.
 *
 * | message | text |
 * | --- | --- |
 * | text | what was written; the platform has taken all mentions out of it |
 * | richText | its texts joined, other people's mentions as `@name`, without the mention of the bot |
 * | markdown, actionCard | the Markdown source (of a card without text, its title) |
 * | audio | DingTalk's transcript |
 * | interactiveCard | what the card says, without the mention of the bot, else its title and link |
 * | chatRecord | a line for each message, `name: text`; else the summary |
 * | unknown | a text where messages usually have it |
 * | picture, video, file, unknownMsgType, quota | `''` |
 *
 * What is encrypted is left out.
 */
export function textOfMessage(message: Message): string {
  // The way of nearly all messages.
  return message.msgtype === 'text' ? message.text.content.trim() : joined(piecesOfMessage(message))
}

/** What a message says, without the mention of the bot: in plain text the platform takes it out, elsewhere it does not. */
export function piecesOfMessage(message: Message): readonly Piece[] {
  const pieces = piecesOf(message, recordOf(message.raw) ?? {})
  const hasMentions = message.msgtype === 'richText' || message.msgtype === 'interactiveCard'
  if (!hasMentions || !isBotMentioned(message)) return pieces
  return withoutBotMention(pieces, { botId: message.chatbotUserId, others: mentionsOf(message) })
}

/**
 * The texts of a message piece by piece, as they came (`get_text_list()` of the Python SDK): those between the pictures
 * of a rich text, else the one text there is, else none.
 */
export function textsOf(message: Message): string[] {
  if (message.msgtype === 'text') return nonEmpty([message.text.content])
  if (message.msgtype !== 'richText') return nonEmpty([textOfMessage(message)])
  const said = piecesOf(message, {}).map(({ text, mention }) => (mention === undefined ? text : undefined))
  return nonEmpty(said)
}

/** The text of what is particular to a type; `fields` is the payload it was read from. */
export function textOfBody(body: Body, fields: Fields): string {
  const pieces = piecesOf(body, fields)
  return joined(body.msgtype === 'richText' ? withMentionsApart(pieces) : pieces)
}

function joined(pieces: readonly Piece[]): string {
  let text = ''
  let afterLink = false
  for (const { text: words, url } of pieces) {
    if (words === '') continue
    // An address ends at the next blank: what stands beside it must not become a part of it.
    if ((url !== undefined || afterLink) && /\S/.test(text.slice(-1)) && !/^\s/.test(words)) text += ' '
    text += words
    afterLink = url !== undefined
  }
  return text.trim()
}

function nonEmpty(texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text): text is string => text !== undefined && text !== '')
}
