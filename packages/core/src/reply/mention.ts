import { givenIds } from '../send/given-ids.ts'

/** userIds to mention, or `all`. */
export type At = readonly string[] | 'all' | undefined

/** Who is mentioned, in the form of the session webhook. */
export function mentionsFor(at: At = []): object {
  return at === 'all' ? { isAtAll: true } : { atUserIds: givenIds(at) }
}

/**
 * The text with what must stand in it: without their token, people who are mentioned show only behind the message
 * (robot-message-type). Where the token stands already, the author has chosen its place.
 */
export function withTokens(text: string, at: At = []): string {
  if (at === 'all') return text
  const missing = givenIds(at).filter(
    id =>
      !text
        .split(`@${id}`)
        .slice(1)
        .some(rest => !/^\w/.test(rest)),
  )
  return text + missing.map(id => ` @${id}`).join('')
}
