import { addBounded } from '@dingware/transport'
/** The last texts that were noted, so many of them. */
export interface Recent {
  readonly has: (text: string) => boolean
  /** @returns whether it is new. */
  readonly add: (text: string) => boolean
}

/** Creates a memory of at most `max` texts; the oldest are forgotten first. */
export function createRecent(max = 1_000): Recent {
  const texts = new Set<string>()
  return {
    has: text => texts.has(text),
    add(text) {
      const isNew = !texts.has(text)
      addBounded(texts, text, max)
      return isNew
    },
  }
}
