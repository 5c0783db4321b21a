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
import type { Turn } from './turn.ts'

/** Somebody who writes to the bot: in private, or in a group. */
export interface Actor extends Person, Hands {
  /** The same person in a group, where messages mention the bot. */
  in(group: string): Actor
  say(text: string, options?: SayOptions): Promise<Turn>
  /** A message of any kind, whose body goes out as it is: `send({ msgtype: 'picture', content: { downloadCode: 'x' } })`. */
  send(message: Readonly<Record<string, unknown>> & { readonly msgtype: string }, options?: SayOptions): Promise<Turn>
}

/** A bot under test. */
export interface TestBot {
  /** Somebody, by name. */
  user(nick: string): Actor
  /** Pushes an event. */
  event(type: string, data: unknown): Promise<Turn>
  /** Answers calls of a path, or of those that match. Later mocks go before earlier ones. */
  mock(path: string | RegExp, mock: Mock): void
  /**
   * The oldest card that this has not given before, also while an act still runs, as one does that asks for something.
   * Rejects when there is none and every act has ended.
   *
   * @example
   * const asked = alice.say('/deploy')
   * await alice.click(await card(), '确认')
   * const { replies } = await asked
   */
  card(): Promise<TestCard>
  /** Everything that the bot said, oldest first; a card as it is now. */
  readonly replies: readonly TestReply[]
  /** Every call that the bot made, oldest first. */
  readonly calls: readonly ApiCall[]
}

/** Of all kits: a bot that is put under test again knows what it was told before, and would take it for a repetition. */
let acts = 0

/**
 * Puts a bot under test: no network, no timers of its own, any test runner. Each act resolves when the handlers have
 * ended, and rejects with what a handler threw when the bot has no `catch`. `switches` say how the platform behaves
 * where what is known of it is divided.
 *
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
    const answer = await mocks.answer(call)
    chat.hear(call, call.body)
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
    // In private nobody else sees the card.
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
