import type { Switches } from '../../options/switches.ts'
import { fieldsOf } from '../../utils/fields.ts'
import { isRecord, parseJson } from '../../utils/json.ts'
import type { App, Message, Person } from '../../world/types.ts'
import { quotedTree } from './elements.ts'

/** The fields that a reply adds to its message: on top, and in its `text` or `content`. */
export interface Quote {
  readonly top: Readonly<Record<string, unknown>>
  readonly inner: Readonly<Record<string, unknown>>
}

export interface Quoting {
  readonly message: Message
  readonly switches: Switches
  readonly app: App
  readonly people: ReadonlyMap<string, Person>
}

export function quote({ message, switches, app, people }: Quoting): Quote {
  const { processQueryKey } = message
  const senderId = message.from.kind === 'bot' ? app.chatbotUserId : people.get(message.from.id)?.dingtalkId
  const top = { originalMsgId: message.id, ...(processQueryKey && { originalProcessQueryKey: processQueryKey }) }
  if (switches.quoteShape === 'idOnly') return { top, inner: {} }
  if (switches.quoteShape === 'legacy') {
    const { nick: senderNick } = message.from
    const said = { msgId: message.id, msgtype: msgTypeOf(message), senderId, senderNick, createdAt: message.at }
    return { top: { quoteMessage: { ...said, text: { content: wordsOf(message) } } }, inner: {} }
  }
  const content = contentOf(message, switches)
  return {
    top,
    inner: {
      isReplyMsg: true,
      repliedMsg: {
        createdAt: message.at,
        senderId,
        ...(switches.quoteNick && { senderNick: message.from.nick }),
        // Camel case here, although the message itself says msgtype.
        msgType: msgTypeOf(message),
        msgId: message.id,
        ...(content !== undefined && { content }),
      },
    },
  }
}

function msgTypeOf({ content }: Message): string {
  if (content.kind === 'other') return content.msgtype
  return content.kind === 'card' ? 'interactiveCard' : content.kind
}

function wordsOf({ content }: Message): string {
  return content.kind === 'text' || content.kind === 'markdown' ? content.text : ''
}

function contentOf(message: Message, switches: Switches): unknown {
  const { content } = message
  switch (content.kind) {
    case 'text':
    case 'markdown':
      return { [switches.quoteText]: switches.quoteCipher ? ciphertext(content.text) : content.text }
    case 'card':
      return cardContent(content.variables, switches)
    case 'other':
      if (content.msgtype === 'unknownMsgType') return undefined
      if (content.msgtype === 'file') return quotedFile(content.body, switches)
      if (content.msgtype === 'chatRecord') return quotedForward(content.body)
      return content.msgtype === 'richText' ? quotedRichText(content.body) : content.body
  }
}

function quotedFile(body: unknown, { quotedFile }: Switches): unknown {
  if (quotedFile === 'code') return body
  return quotedFile === 'name' ? { fileName: Object(body).fileName } : undefined
}

function cardContent(variables: Readonly<Record<string, string>>, { quotedCard }: Switches): unknown {
  if (quotedCard === 'metadata') return undefined
  if (quotedCard === 'cardContent') return { cardContent: quotedTree(Object.values(variables)) }
  return { cardContent: { cardData: { cardParamMap: variables } } }
}

/** No records, and the summary in lines (soimy/openclaw-channel-dingtalk, a logged payload). */
function quotedForward(body: unknown): unknown {
  const { summary, title } = fieldsOf(body)
  const lines: unknown = typeof summary === 'string' ? parseJson(summary) : []
  return { summary: Array.isArray(lines) ? lines.join('\n') : '', ...(title !== undefined && { title }) }
}

/** A text that only the platform can read (open-dingtalk/dingtalk-stream-sdk-go#22): here its bits are inverted. */
function ciphertext(text: string): string {
  const turned = Buffer.from(Buffer.from(text).map(byte => byte ^ 0xff))
  const lines = turned.toString('base64').replaceAll(/.{67}/g, '$&\n')
  return `${lines}\n||3||1||${turned.length}`
}

/** Quoted nodes are `{ msgType, content | downloadCode }`, not `{ type, text }` as in the message itself. */
function quotedRichText(body: unknown): unknown {
  const nodes: unknown = isRecord(body) ? body.richText : []
  if (!Array.isArray(nodes)) return { richText: [] }
  return { richText: nodes.map(quotedNode) }
}

function quotedNode(node: unknown): object {
  if (!isRecord(node)) return {}
  if ('text' in node) return { msgType: 'text', content: node.text }
  // unproven: that a name is a text here as it is in the message.
  if ('atName' in node) return { msgType: 'text', content: `@${node.atName}` }
  if ('downloadCode' in node) return { msgType: 'picture', downloadCode: node.downloadCode }
  return { msgType: 'unknownMsgType' }
}
