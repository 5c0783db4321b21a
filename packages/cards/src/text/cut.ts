import { splitMarkdown } from '@dingware/core'
import { isCodeOpen } from './heal.ts'

/** A text that is still being written, in cards. */
export interface Parts {
  /** The cards that are full, first to last: each is valid markdown. */
  readonly full: readonly string[]
  /** The text that the next one goes on with: a block of code that is open is open in it, a table has its header again. */
  readonly tail: string
}

/** Lays a text into cards of at most `maxLength` characters. */
export function partsOf(text: string, maxLength: number): Parts {
  if (text.trimEnd().length <= maxLength) return { full: [], tail: text }
  const limits = { maxChars: maxLength, maxBytes: Number.POSITIVE_INFINITY, bytesOf: (part: string) => part.length }
  const parts = splitMarkdown(text, limits)
  const last = parts.at(-1) ?? ''
  // What comes next goes on right where the text was left.
  const [end = ''] = /\s*$/.exec(text) ?? []
  const tail = (isCodeOpen(text) ? withoutLastLine(last) : last.trimEnd()) + end
  return { full: parts.slice(0, -1), tail }
}

function withoutLastLine(text: string): string {
  return text.trimEnd().slice(0, text.trimEnd().lastIndexOf('\n'))
}
