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

// Chinese puts no space before an @. A mail address is none: it has a letter or digit there.
const typed = /(?:^|[^a-z0-9])@((?:[^\s@][^\n@]*)?)$/iu

/** Finds the @ that is being typed before the caret, and the text after it: also a space, for names have some. */
export function queryAt(text: string, caret: number): { readonly query: string; readonly start: number } | undefined {
  const query = typed.exec(text.slice(0, caret))?.[1]
  return query === undefined ? undefined : { query, start: caret - query.length - 1 }
}

/** Whether what follows the @ is a name still: after a space only for as long as it is one of somebody here. */
export function isName(query: string, found: readonly Candidate[]): boolean {
  return found.length > 0 || !/\s/.test(query)
}

export function matching(candidates: readonly Candidate[], query: string): readonly Candidate[] {
  const wanted = query.toLowerCase()
  return candidates.filter(({ name }) => name.toLowerCase().includes(wanted))
}
