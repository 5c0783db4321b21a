import type { Outgoing } from './outgoing.ts'
import { textOfOutgoing } from './outgoing.ts'

/** Texts that the bot sent lately, by handle: a quote of a bot's own message comes without its text. */
export interface SentMemory {
  readonly remember: (processQueryKey: string, message: Outgoing) => void
  readonly textOf: (processQueryKey: string | undefined) => string | undefined
}

export interface SentMemoryOptions {
  /** Maximum number of messages. */
  readonly max?: number | undefined
  /** Maximum number of characters of all texts together. */
  readonly maxChars?: number | undefined
}

/** Creates a memory of the latest messages; the oldest are dropped first. */
export function createSentMemory({ max = 10_000, maxChars = 5_000_000 }: SentMemoryOptions = {}): SentMemory {
  const texts = new Map<string, string>()
  let chars = 0
  const forget = (key: string): void => {
    chars -= texts.get(key)?.length ?? 0
    texts.delete(key)
  }
  return {
    remember(processQueryKey, message) {
      const text = textOfOutgoing(message)
      forget(processQueryKey)
      texts.set(processQueryKey, text)
      chars += text.length
      for (const oldest of texts.keys()) {
        if (texts.size <= max && chars <= maxChars) break
        forget(oldest)
      }
    },
    textOf: processQueryKey => (processQueryKey === undefined ? undefined : texts.get(processQueryKey)),
  }
}
