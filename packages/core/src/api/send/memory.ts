import { forgetOldest } from '@dingware/transport'
import type { Outgoing } from './outgoing.ts'
import { textOfOutgoing } from './outgoing.ts'

/** What the bot said lately, so that a quote of it has its text: quotes of a bot's own messages come without. */
export interface SentMemory {
  readonly remember: (processQueryKey: string, message: Outgoing) => void
  readonly textOf: (processQueryKey: string | undefined) => string | undefined
}

export interface SentMemoryOptions {
  /** Messages. */
  readonly max?: number | undefined
  /** Characters of all of them together. */
  readonly maxChars?: number | undefined
}

/** Creates a memory of the last messages; the oldest are forgotten first. */
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
      forgetOldest(texts, () => texts.size > max || chars > maxChars, forget)
    },
    textOf: processQueryKey => (processQueryKey === undefined ? undefined : texts.get(processQueryKey)),
  }
}
