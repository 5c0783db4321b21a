import { isCiphertext } from '../lenient/ciphertext.ts'
import { type Fields, isRecord, recordOf, wordsOf } from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'

/**
 * Plain text message. The platform removes all picked mentions from it, of the bot and of others, leaving blanks at
 * most (dingtalk-openclaw-connector, captured); text that was merely typed, such as `@all`, is kept.
 */
export interface TextMessage extends MessageBase, TextBody {}

export interface TextBody {
  readonly msgtype: 'text'
  readonly text: {
    /** The text; `''` if it is encrypted. */
    readonly content: string
    /** True if the message is encrypted, readable only by DingTalk's clients. */
    readonly isEncrypted?: true
  }
}

/** Parses `text`, and `reply`, which is a text with a quote. */
export function readText(fields: Fields): TextBody | undefined {
  const content = textIn(fields) ?? (recordOf(fields.content)?.repliedMsg === undefined ? undefined : '')
  if (content === undefined) return undefined
  return { msgtype: 'text', text: isCiphertext(content) ? { content: '', isEncrypted: true } : { content } }
}

/**
 * Finds the text of a payload. In messages: `text.content`, or `content` (on one page about HTTP; dingstart). In
 * quotes: `content.text` or `content.content`, by client and year. In old quotes: `text` itself.
 */
export function textIn({ text, content }: Fields): string | undefined {
  // Fast path for most messages, without parsing.
  if (isRecord(text) && typeof text.content === 'string' && text.content !== '') return text.content
  const inText = wordsIn(text, 'content')
  return inText || wordsIn(content, 'text') || wordsIn(content, 'content') || inText
}

/** Text in a field of a value that may be an object, its JSON text, or plain text that happens to be JSON. */
function wordsIn(value: unknown, name: 'text' | 'content'): string | undefined {
  const record = recordOf(value)
  if (!record) return typeof value === 'string' && value !== '' ? value : undefined
  const words = wordsOf(record[name]) ?? (record[name] === '' ? '' : undefined)
  const isPlain = typeof value === 'string' && !('text' in record || 'content' in record || 'repliedMsg' in record)
  return words ?? (isPlain ? value : undefined)
}
