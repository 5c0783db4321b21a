/** userIds to mention, or `all`. */
export type At = readonly string[] | 'all' | undefined

/** Who is mentioned, in the form of the session webhook. */
export function mentionsFor(at: At = []): object {
  return at === 'all' ? { isAtAll: true } : { atUserIds: at }
}

/** What must stand in the text: without it, a mention shows only behind the message (robot-message-type). */
export function tokensFor(at: At = []): string {
  return at === 'all' ? '' : at.map(id => ` @${id}`).join('')
}
