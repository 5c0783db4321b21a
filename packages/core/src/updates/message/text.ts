import { isCiphertext } from '../lenient/ciphertext.ts'
import { type Fields, isRecord, recordOf, wordsOf } from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'

/**
 * Plain text. Everybody who was mentioned is gone from it, the bot and others alike, and leaves blanks at most
 * (dingtalk-openclaw-connector, captured); what was merely typed, such as `@all`, stays.
 */
export interface TextMessage extends MessageBase, TextBody {}

export interface TextBody {
  readonly msgtype: 'text'
  readonly text: {
    /** `''` when it is encrypted. */
    readonly content: string
    /** The message is encrypted, so that only DingTalk's clients can read it. */
    readonly isEncrypted?: true
  }
}

/** Reads `text`, and `reply`, which is a text with a quote. */
export function readText(fields: Fields): TextBody | undefined {
  const content = textIn(fields) ?? (recordOf(fields.content)?.repliedMsg === undefined ? undefined : '')
  if (content === undefined) return undefined
  return { msgtype: 'text', text: isCiphertext(content) ? { content: '', isEncrypted: true } : { content } }
}

/**
 * Finds the text of a payload. Sent: `text.content`; on one page about HTTP `content` itself (dingstart). Quoted:
 * `content.text` or `content.content`, by client and year. Old quotes: `text` itself.
 */
export function textIn({ text, content }: Fields): string | undefined {
  // The way of nearly all messages; it must not try to parse anything.
  if (isRecord(text) && typeof text.content === 'string' && text.content !== '') return text.content
  const inText = wordsIn(text, 'content')
  return inText || wordsIn(content, 'text') || wordsIn(content, 'content') || inText
}

/** The words in a field of what may be an object, its JSON text, or just words, though they be JSON. */
function wordsIn(value: unknown, name: 'text' | 'content'): string | undefined {
  const record = recordOf(value)
  if (!record) return typeof value === 'string' && value !== '' ? value : undefined
  const words = wordsOf(record[name]) ?? (record[name] === '' ? '' : undefined)
  const isPlain = typeof value === 'string' && !('text' in record || 'content' in record || 'repliedMsg' in record)
  return words ?? (isPlain ? value : undefined)
}
