import type { ApiCall } from '../api/api-call.ts'
import { STUB } from '../api/stub.ts'
import type { Bot } from '../bot/bot.ts'
import { HANDLE } from '../bot/handle.ts'
import { createUpdate, type Reply, TOPICS } from '../updates/update.ts'
import { createChat } from './chat.ts'
import { createHands, type Hands } from './hands.ts'
import { createMocks, type Mock } from './mocks.ts'
import { clickPayload, messagePayload, type Person, type Place, type SayOptions, spoken } from './payloads.ts'
import type { TestCard, TestReply } from './replies.ts'
import { DEFAULT_SWITCHES, type TestSwitches } from './switches.ts'

/** Result of one update: the answer, and what the bot did. */
export interface Turn {
  /** Answer to the platform. */
  readonly answer: Reply
  /**
   * Messages of the bot in this turn, oldest first; also cards of earlier turns that it changed, in their final state.
   */
  readonly replies: readonly TestReply[]
  /** API calls of the bot in this turn. */
  readonly calls: readonly ApiCall[]
}

/**
 * Person who talks to the bot, in a private chat or a group. Each action resolves to a {@link Turn} when the handlers
 * have ended, and rejects with the error of a handler if the bot has no `catch`.
 */
export interface Actor extends Person, Hands {
  /** Returns the same person in a group, where messages mention the bot. */
  in(group: string): Actor
  /**
   * Sends a text message.
   *
   * @example
   * const { replies } = await user('Alice').say('hi')
   */
  say(text: string, options?: SayOptions): Promise<Turn>
  /**
   * Sends a message of any type, with the given body: `send({ msgtype: 'picture', content: { downloadCode: 'x' } })`.
   */
  send(message: Readonly<Record<string, unknown>> & { readonly msgtype: string }, options?: SayOptions): Promise<Turn>
}

/** Bot under test, with methods to act on it and records of what it did. */
export interface TestBot {
  /** Creates a person by name, in a private chat with the bot. */
  user(nick: string): Actor
  /**
   * Pushes an event.
   *
   * @example
   * await event('user_add_org', { userId: ['0408'] })
   */
  event(type: string, data: unknown): Promise<Turn>
  /**
   * Mocks API calls by path, or by a pattern for paths. Later mocks take precedence over earlier ones. Without a mock,
   * calls to send messages and cards succeed, and all others throw.
   *
   * @example
   * mock('/v1.0/contact/users/me', () => ({ unionId: 'u1' }))
   */
  mock(path: string | RegExp, mock: Mock): void
  /**
   * Resolves to the oldest card that this method has not returned before; also while a turn is still running, as one
   * does that waits for a click.
   *
   * @throws Error if there is none and all turns have ended.
   * @example
   * const asked = alice.say('/deploy')
   * await alice.click(await card(), '确认')
   * const { replies } = await asked
   */
  card(): Promise<TestCard>
  /** All messages of the bot, oldest first; a card in its present state. */
  readonly replies: readonly TestReply[]
  /** All API calls of the bot, oldest first. */
  readonly calls: readonly ApiCall[]
}

/** Shared by all test bots: a bot that is tested again would take a repeated id for a redelivery. */
let acts = 0

/**
 * Creates a test bot: runs a bot without network and timers of its own, in any test runner. People send messages and
 * click cards; replies and API calls are recorded.
 *
 * @param switches behaviour of the platform where the evidence is divided
 * @example
 * const { user, replies } = testBot(bot)
 * await user('Alice').in('Team').say('hi')
 * expect(replies.at(-1)?.text).toBe('echo: hi')
 */
export function testBot(
  bot: Pick<Bot<never>, typeof STUB | typeof HANDLE>,
  switches: Partial<TestSwitches> = {},
): TestBot {
  const all = { ...DEFAULT_SWITCHES, ...switches }
  const mocks = createMocks()
  const chat = createChat()
  bot[STUB](async call => {
    // Read once, since a body may be computed at each access.
    const { body } = call
    const answer = await mocks.answer(call)
    chat.hear(call, body)
    return answer
  })

  const act = async (
    topic: string,
    payload: (id: string) => unknown,
    { headers = {}, onReply }: { headers?: object; onReply?: (reply: Reply) => void } = {},
  ): Promise<Turn> => {
    const id = `test-${++acts}`
    const from = mocks.calls.length
    const said = chat.listen()
    const end = chat.begin()
    try {
      const update = createUpdate(topic, payload(id), { topic, messageId: id, ...headers })
      const { reply, error } = await bot[HANDLE](update, onReply)
      if (error) throw error.cause
      return { answer: reply, replies: said(), calls: mocks.calls.slice(from) }
    } finally {
      end()
    }
  }

  const actor = (person: Person, place: Place): Actor => {
    const scene = { person, place, switches: all }
    const send = (message: object, options: SayOptions = {}): Promise<Turn> =>
      act(TOPICS.chatbot, id => messagePayload(scene, id, message, options))
    // In a private chat there are no others who see the card.
    const isForAll = all.clickAnswer === 'everybody' || place.group === undefined
    return {
      ...person,
      in: group => actor(person, { conversationId: `cid-${group}`, group }),
      say: (text, options = {}) => send(spoken(scene, text, options), options),
      send,
      ...createHands({ person, switches: all, find: chat.find }, (clicked, id, call) =>
        act(TOPICS.card, () => clickPayload(scene, clicked, call), {
          onReply: ({ data }) => chat.answered(clicked.outTrackId, id, data, isForAll),
        }),
      ),
    }
  }

  return {
    user: nick => actor({ nick, userId: `user-${nick}` }, { conversationId: `cid-private-${nick}` }),
    event: (type, data) => act(TOPICS.event, () => data, { headers: { eventType: type, eventId: `event-${acts}` } }),
    mock: mocks.add,
    card: chat.nextCard,
    replies: chat.replies,
    calls: mocks.calls,
  }
}
