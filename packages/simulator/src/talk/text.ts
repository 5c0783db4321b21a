import type { Message } from '../world/types.ts'

/** The words of a message: its text, its Markdown, the variables of a card line by line, else its JSON. */
export function textOf({ content }: Pick<Message, 'content'>): string {
  switch (content.kind) {
    case 'text':
    case 'markdown':
      return content.text
    case 'card':
      return Object.values(content.variables).join('\n')
    case 'other':
      return JSON.stringify(content.body)
  }
}

/** The whole text, a pattern in it, or a test of one's own. */
export type Expected = string | RegExp | ((message: Message) => boolean)

export function matches(expected: Expected, message: Message): boolean {
  if (typeof expected === 'function') return expected(message)
  const text = textOf(message)
  return typeof expected === 'string' ? text === expected : text.search(expected) >= 0
}
