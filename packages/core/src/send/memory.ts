import type { Outgoing } from './outgoing.ts'
import { textOfOutgoing } from './outgoing.ts'

/** What the bot said lately, so that a quote of it has its text: quotes of a bot's own messages come without. */
export interface SentMemory {
  readonly remember: (processQueryKey: string, message: Outgoing) => void
  readonly textOf: (processQueryKey: string | undefined) => string | undefined
}

/** Creates a memory of the last `max` messages. */
export function createSentMemory(max = 10_000): SentMemory {
  const texts = new Map<string, string>()
  return {
    remember(processQueryKey, message) {
      texts.set(processQueryKey, textOfOutgoing(message))
      for (const oldest of texts.keys()) {
        if (texts.size <= max) break
        texts.delete(oldest)
      }
    },
    textOf: processQueryKey => (processQueryKey === undefined ? undefined : texts.get(processQueryKey)),
  }
}
