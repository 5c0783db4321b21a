import type { App, Conversation } from '../../world/types.ts'
import type { World } from '../../world/world.ts'

/** The cards that are shown while a bot is offline. */
export interface AwayPrompts {
  /** Keeps the card of a bot: the data of a `StandardCard`. */
  set(robotCode: string, card: unknown): void
  /** Shows it; nothing for a bot that has set none. unproven: that each message gets it, in groups too. */
  show(app: App, conversation: Pick<Conversation, 'conversationId'>): void
}

export function createAwayPrompts(world: Pick<World, 'post'>): AwayPrompts {
  const cards = new Map<string, unknown>()
  return {
    set: (robotCode, card) => void cards.set(robotCode, card),
    show({ robotCode, name }, { conversationId }) {
      const body = cards.get(robotCode)
      if (body === undefined) return
      const from = { kind: 'bot', id: robotCode, nick: name } as const
      const content = { kind: 'other', msgtype: 'interactiveCard', body } as const
      world.post({ conversationId, from, content, via: 'card', body })
    },
  }
}
