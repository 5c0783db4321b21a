/** Ids as they are given, by programs without types as well: somebody without a userId cannot be mentioned. */
function given(at: readonly string[]): readonly string[] {
  return at.filter(id => typeof id === 'string' && id.trim() !== '')
}

/** userIds to mention, or `all`. */
export type At = readonly string[] | 'all' | undefined

/** Who is mentioned, in the form of the session webhook. */
export function mentionsFor(at: At = []): object {
  return at === 'all' ? { isAtAll: true } : { atUserIds: given(at) }
}

/**
 * The text with what must stand in it: without their token, people who are mentioned show only behind the message
 * (robot-message-type). Where the token stands already, the author has chosen its place.
 */
export function withTokens(text: string, at: At = []): string {
  if (at === 'all') return text
  const missing = given(at).filter(
    id =>
      !text
        .split(`@${id}`)
        .slice(1)
        .some(rest => !/^\w/.test(rest)),
  )
  return text + missing.map(id => ` @${id}`).join('')
}
