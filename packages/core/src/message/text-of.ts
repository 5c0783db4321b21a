import { type Fields, recordOf } from '../lenient/lenient.ts'
import type { Body } from './body.ts'
import { textOfCard } from './card.ts'
import { textOfRecord } from './chat-record.ts'
import { isBotMentioned, mentionsOf } from './mentions.ts'
import type { Message } from './message.ts'
import type { RichTextNode } from './rich-text.ts'
import { textIn } from './text.ts'

/**
 * The text that a handler wants, trimmed.
 *
 * | message | text |
 * | --- | --- |
 * | text | what was written |
 * | richText | its texts joined, other people's mentions as `@name`, without the mention of the bot |
 * | markdown, actionCard | the Markdown source (of a card without text, its title) |
 * | audio | DingTalk's transcript |
 * | interactiveCard | what the card says, else its title and link |
 * | chatRecord | a line for each message, `name: text`; else the summary |
 * | unknown | a text where messages usually have it |
 * | picture, video, file, unknownMsgType, quota | `''` |
 */
export function textOfMessage(message: Message): string {
  if (message.msgtype === 'text') return message.text.content.trim()
  if (message.msgtype !== 'richText') return textOfBody(message, recordOf(message.raw) ?? {})
  // In plain text the platform takes the bot's mention out, in rich text it does not.
  const onlyBot = isBotMentioned(message) && mentionsOf(message).length === 0
  const { richText } = message.content
  return joined(onlyBot ? withoutMention(richText) : richText)
}

/**
 * The texts of a message piece by piece, as they came (`get_text_list()` of the Python SDK): those between the pictures
 * of a rich text, else the one text there is, else none.
 */
export function textsOf(message: Message): string[] {
  if (message.msgtype === 'text') return pieces([message.text.content])
  if (message.msgtype !== 'richText') return pieces([textOfMessage(message)])
  return pieces(message.content.richText.map(node => ('text' in node ? node.text : undefined)))
}

/** The text of what is particular to a type; `fields` is the payload it was read from. */
export function textOfBody(body: Body, fields: Fields): string {
  switch (body.msgtype) {
    case 'text':
      return body.text.content.trim()
    case 'richText':
      return joined(body.content.richText)
    case 'markdown':
      return body.content.text.trim()
    case 'actionCard':
      return (body.content.text || body.content.title || '').trim()
    case 'audio':
      return body.content.recognition?.trim() ?? ''
    case 'interactiveCard':
      return textOfCard(body.content).trim()
    case 'chatRecord':
      return textOfRecord(body.content).trim()
    case 'unknown':
      return (textIn(fields) ?? '').trim()
    default:
      return ''
  }
}

function joined(nodes: readonly RichTextNode[]): string {
  return nodes.map(textOfNode).join('').trim()
}

function textOfNode(node: RichTextNode): string {
  if (node.type === 'at') return node.atName ? `@${node.atName.replace(/^@/, '')} ` : ''
  return ('text' in node ? node.text : undefined) ?? ''
}

/** Where nobody but the bot is mentioned, nodes of type `at` and a first text of nothing but `@name` mean the bot. */
function withoutMention(nodes: readonly RichTextNode[]): readonly RichTextNode[] {
  const [first, ...rest] = nodes
  const others = first?.type === 'text' && /^\s*@\S+\s*$/.test(first.text) ? rest : nodes
  return others.filter(node => node.type !== 'at')
}

function pieces(texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text): text is string => text !== undefined && text !== '')
}
