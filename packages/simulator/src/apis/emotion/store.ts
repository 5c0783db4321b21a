import { setBounded } from '../../utils/bounded.ts'
import type { Bus } from '../../utils/bus.ts'
import { parseJson } from '../../utils/json.ts'
import type { WorldEvent } from '../../world/types.ts'

const MESSAGES_KEPT = 10_000

/** The bot's reactions, by message. */
export interface Emotions {
  add(msgId: string, emotion: string): boolean
  /** False when there is none like it. */
  remove(msgId: string, emotion: string): boolean
  /** The bodies that set them. */
  of(msgId: string): readonly unknown[]
}

export function createEmotions(bus: Pick<Bus<WorldEvent>, 'emit'>): Emotions {
  const all = new Map<string, Set<string>>()
  const tell = (id: string) => bus.emit({ type: 'reaction', message: { id } })
  return {
    add(msgId, emotion) {
      setBounded(all, msgId, new Set(all.get(msgId)).add(emotion), MESSAGES_KEPT)
      tell(msgId)
      return true
    },
    remove(msgId, emotion) {
      const isGone = all.get(msgId)?.delete(emotion) ?? false
      if (isGone) tell(msgId)
      return isGone
    },
    of: msgId => [...(all.get(msgId) ?? [])].map(parseJson),
  }
}
