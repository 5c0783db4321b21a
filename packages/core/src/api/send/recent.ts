/** Set of the latest texts. */
export interface Recent {
  readonly has: (text: string) => boolean
  /** Adds a text. @returns true if it was not in the set. */
  readonly add: (text: string) => boolean
}

/** Creates a set of at most `max` texts; the oldest are dropped first. */
export function createRecent(max = 1_000): Recent {
  const texts = new Set<string>()
  return {
    has: text => texts.has(text),
    add(text) {
      const isNew = !texts.delete(text)
      texts.add(text)
      for (const oldest of texts) {
        if (texts.size <= max) break
        texts.delete(oldest)
      }
      return isNew
    },
  }
}
