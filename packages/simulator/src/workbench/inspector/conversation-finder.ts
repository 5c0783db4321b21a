import { parseOpenSpaceId } from '../../apis/card/spaces.ts'
import type { CardStore } from '../../apis/card/store.ts'
import type { HttpCall } from '../../http/calls.ts'
import { setBounded } from '../../utils/bounded.ts'
import type { SentStore } from '../../world/sent.ts'
import type { World } from '../../world/world.ts'
import { nested } from './mask.ts'
import { shallow } from './shallow.ts'

const SESSIONS_KEPT = 10_000
/** Texts of one payload that are looked at. */
const TEXTS_READ = 500

/** Finds the conversations that frames and calls belong to. */
export interface ConversationFinder {
  ofFrame(data: unknown): readonly string[]
  ofCall(call: HttpCall): readonly string[]
}

export interface ConversationFinderDeps {
  readonly world: World
  readonly cards: CardStore
  readonly sent: SentStore
}

/**
 * Searches all texts of a payload, since the field that names the conversation differs between APIs: the id of a
 * conversation, of a card or of a sent message is a clue. A person alone is one too, when there is nothing better.
 */
export function createConversationFinder({ world, cards, sent }: ConversationFinderDeps): ConversationFinder {
  // By the webhook's session: the store of sessions forgets those that have expired, whose calls one wants to see here.
  const sessions = new Map<string, string>()

  function conversationsOf(text: string): readonly string[] {
    if (world.conversations.has(text)) return [text]
    const card = cards.all.get(text)
    if (card) return card.spaces.map(idOf)
    const batch = sent.find(text)
    if (batch) return batch.messages.map(idOf)
    return parseOpenSpaceId(text)?.flatMap(({ spaceId }) => [...conversationsOf(spaceId), ...chatsOf(spaceId)]) ?? []
  }

  function chatsOf(userId: string): readonly string[] {
    if (!world.people.has(userId)) return []
    const own = [...world.conversations.values()].filter(({ memberIds }) => memberIds.length === 1)
    return own.filter(({ type, memberIds }) => type === 'private' && memberIds[0] === userId).map(idOf)
  }

  function find(...values: readonly unknown[]): readonly string[] {
    const texts = values.flatMap(value => textsIn(value))
    const found = texts.flatMap(conversationsOf)
    return [...new Set(found.length > 0 ? found : texts.flatMap(chatsOf))]
  }

  return {
    ofFrame(data) {
      const found = find(data)
      const session = sessionOf(data)
      const [first] = found
      if (session && first !== undefined) setBounded(sessions, session, first, SESSIONS_KEPT)
      return found
    },
    ofCall({ query, body, answer }) {
      const conversationId = sessions.get(query.session ?? '')
      return conversationId === undefined ? find(query, body, answer) : [conversationId]
    },
  }
}

function idOf({ conversationId }: { readonly conversationId: string }): string {
  return conversationId
}

function sessionOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('sessionWebhook' in data)) return undefined
  const webhook = String(data.sessionWebhook)
  return URL.canParse(webhook) ? (new URL(webhook).searchParams.get('session') ?? undefined) : undefined
}

function textsIn(value: unknown): readonly string[] {
  const texts: string[] = []
  const visit = (it: unknown): void => {
    if (texts.length >= TEXTS_READ) return
    if (typeof it === 'string') {
      texts.push(it)
      visit(nested(it))
    } else if (typeof it === 'object' && it !== null) for (const held of Object.values(it)) visit(held)
  }
  visit(shallow(value))
  return texts
}
