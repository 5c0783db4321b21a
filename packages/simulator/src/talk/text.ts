import type { Message } from '../world/types.ts'

/**
 * The text of a message: its words or Markdown, the variables of a card line by line, otherwise its JSON.
 *
 * @example
 * expect(textOf(await said.reply())).toContain('hello')
 */
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

/**
 * An expectation of a message: its whole text, a pattern in it, or a predicate.
 *
 * @example
 * await sim.expectReply('done')
 * await sim.expectReply(/^done/)
 * await sim.expectReply(({ content }) => content.kind === 'card')
 */
export type Expected = string | RegExp | ((message: Message) => boolean)

export function matches(expected: Expected, message: Message): boolean {
  if (typeof expected === 'function') return expected(message)
  const text = textOf(message)
  return typeof expected === 'string' ? text === expected : text.search(expected) >= 0
}
