import { type Fields, isRecord, recordOf } from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'

/** Plain text. In a group it begins with a space where the mention of the bot was; other mentions stay as `@name`. */
export interface TextMessage extends MessageBase, TextBody {}

export interface TextBody {
  readonly msgtype: 'text'
  readonly text: { readonly content: string }
}

/** Reads `text`, and `reply`, which is a text with a quote. */
export function readText(fields: Fields): TextBody | undefined {
  const content = textIn(fields) ?? (recordOf(fields.content)?.repliedMsg === undefined ? undefined : '')
  return content === undefined ? undefined : { msgtype: 'text', text: { content } }
}

/**
 * Finds the text of a payload. Sent: `text.content`. Quoted: `content.text` or `content.content`, by client
 * and year. Old quotes: `text` or `content` itself.
 */
export function textIn({ text, content }: Fields): string | undefined {
  // The way of nearly all messages; it must not try to parse anything.
  if (isRecord(text) && typeof text.content === 'string' && text.content !== '') return text.content
  const [inText, inContent] = [recordOf(text), recordOf(content)]
  const candidates = [
    inText?.content,
    inContent?.text,
    inContent?.content,
    inText ? '' : text,
    inContent ? '' : content,
  ]
  const written = candidates.find((candidate): candidate is string => typeof candidate === 'string' && candidate !== '')
  return written ?? (typeof inText?.content === 'string' ? '' : undefined)
}
