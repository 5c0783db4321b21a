import { setBounded } from '../bounded/bounded.ts'
import { parseJson } from '../http/json.ts'

const MESSAGES_KEPT = 10_000

/** The bot's reactions, by message. */
export interface Emotions {
  add(msgId: string, emotion: string): boolean
  /** False when there is none like it. */
  remove(msgId: string, emotion: string): boolean
  /** The bodies that set them. */
  of(msgId: string): readonly unknown[]
}

export function createEmotions(): Emotions {
  const all = new Map<string, Set<string>>()
  return {
    add(msgId, emotion) {
      setBounded(all, msgId, new Set(all.get(msgId)).add(emotion), MESSAGES_KEPT)
      return true
    },
    remove: (msgId, emotion) => all.get(msgId)?.delete(emotion) ?? false,
    of: msgId => [...(all.get(msgId) ?? [])].map(parseJson),
  }
}
