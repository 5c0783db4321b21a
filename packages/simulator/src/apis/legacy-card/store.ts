import { setBounded } from '../../utils/bounded.ts'
import type { SentStore } from '../../world/sent.ts'
import type { App, Conversation } from '../../world/types.ts'
import type { World } from '../../world/world.ts'

const KEPT = 10_000

/** A card of before, with what it shows and the messages that show it. */
export interface LegacyCard {
  readonly shown: unknown
  readonly messageIds: readonly string[]
}

export interface Showing {
  readonly places: readonly Conversation[]
  readonly shown: unknown
  readonly body: object
  /** User ids of those who see it; everybody when missing. */
  readonly recipients?: readonly string[]
}

/** The cards of one kind, by the id that the bot has chosen. */
export interface LegacyCards {
  find(key: string): LegacyCard | undefined
  /** Puts a card into chats, or into none yet; the handle of what was sent comes back. */
  show(app: App, key: string, showing: Showing): string
  /** Shows something else in its place. */
  revise(key: string, card: LegacyCard, shown: unknown): void
}

export function createLegacyCards({ world, sent }: { readonly world: World; readonly sent: SentStore }): LegacyCards {
  const cards = new Map<string, LegacyCard>()
  const contentOf = (body: unknown) => ({ kind: 'other', msgtype: 'interactiveCard', body }) as const
  return {
    find: key => cards.get(key),
    show(app, key, { places, shown, body, recipients }) {
      const processQueryKey = sent.newKey()
      const from = { kind: 'bot', id: app.robotCode, nick: app.name } as const
      const messages = places.map(({ conversationId }) =>
        world.post({
          ...(recipients && { recipients }),
          conversationId,
          from,
          content: contentOf(shown),
          via: 'card',
          processQueryKey,
          body,
        }),
      )
      setBounded(cards, key, { shown, messageIds: messages.map(({ id }) => id) }, KEPT)
      return processQueryKey
    },
    revise(key, { messageIds }, shown) {
      setBounded(cards, key, { shown, messageIds }, KEPT)
      for (const id of messageIds) world.revise(id, contentOf(shown))
    },
  }
}
