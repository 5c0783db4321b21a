import type { PageUser } from '../../../src/page/protocol.ts'

/** Somebody who can be @ed: a member, or the bot. */
export interface Candidate {
  readonly id: string
  readonly name: string
  readonly isBot: boolean
}

/** The id that stands for the bot: no user has it. */
export const theBot = ''

export function candidatesOf(
  bots: readonly string[],
  members: readonly PageUser[],
  self: string,
): readonly Candidate[] {
  const [bot] = bots
  return [
    ...(bot === undefined ? [] : [{ id: theBot, name: bot, isBot: true }]),
    ...members
      .filter(({ userId }) => userId !== self)
      .map(({ userId, nick }) => ({ id: userId, name: nick, isBot: false })),
  ]
}

const typed = /(?:^|\s)@([^\s@]*)$/u

/** What has been typed after an @ before the caret; undefined where there is none. */
export function queryAt(text: string, caret: number): string | undefined {
  return typed.exec(text.slice(0, caret))?.[1]
}

/** The text without what was typed after the @, and where the caret then is. */
export function withoutQuery(text: string, caret: number): { readonly text: string; readonly caret: number } {
  const query = queryAt(text, caret)
  if (query === undefined) return { text, caret }
  const start = caret - query.length - 1
  return { text: text.slice(0, start) + text.slice(caret), caret: start }
}

export function matching(candidates: readonly Candidate[], query: string): readonly Candidate[] {
  const wanted = query.toLowerCase()
  return candidates.filter(({ name }) => name.toLowerCase().includes(wanted))
}
