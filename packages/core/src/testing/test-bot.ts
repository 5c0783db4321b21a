import type { ApiCall } from '../api/api-call.ts'
import { STUB } from '../api/stub.ts'
import type { Bot } from '../bot/bot.ts'
import { HANDLE } from '../bot/handle.ts'
import { createUpdate, type Reply, TOPICS } from '../update/update.ts'
import type { CardButton } from './card-buttons.ts'
import { buttonOn } from './cards.ts'
import { createChat } from './chat.ts'
import { createMocks, type Mock } from './mocks.ts'
import { clickPayload, messagePayload, type Person, type Place } from './payloads.ts'
import type { TestCard, TestReply } from './replies.ts'

/** What came of one update. */
export interface Turn {
  /** What was answered to the platform. */
  readonly answer: Reply
  /** What the bot said in this turn, oldest first; also cards of earlier turns that it changed, as they are in the end. */
  readonly replies: readonly TestReply[]
  /** The calls that the bot made in this turn. */
  readonly calls: readonly ApiCall[]
}

/** Somebody who writes to the bot: in private, or in a group. */
export interface Actor extends Person {
  /** The same person in a group, where messages mention the bot. */
  in(group: string): Actor
  say(text: string): Promise<Turn>
  /** A message of any kind: `send({ msgtype: 'picture', content: { downloadCode: 'x' } })`. */
  send(message: Readonly<Record<string, unknown>> & { readonly msgtype: string }): Promise<Turn>
  /**
   * Clicks a button of a card, by the card or its outTrackId.
   *
   * Rejects at once when the card has no such button, and names those that it has. A template of one's own may have
   * buttons that cannot be known; there `button` is sent as an id. A button that is gone can be clicked on the card as
   * it was before, as by somebody who is late.
   *
   * @param button its text as shown, its id, or the id of its action where that is the only one: `approve`.
   * @example
   * await alice.click(card, '同意')
   */
  click(card: CardReference, button: string, params?: object): Promise<Turn>
  /**
   * Submits the form of a card, with its fields by name.
   *
   * @example
   * await alice.submit(card, { reason: '病假', days: { index: 1, value: '2' } })
   */
  submit(card: CardReference, form: Readonly<Record<string, unknown>>): Promise<Turn>
}

/** A card, or its `outTrackId`. */
export type CardReference = string | { readonly outTrackId: string; readonly buttons?: readonly CardButton[] }

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
 * ended, and rejects with what a handler threw when the bot has no `catch`.
 *
 * @example
 * const { user, replies } = testBot(bot)
 * await user('Alice').in('Team').say('hi')
 * expect(replies.at(-1)?.text).toBe('echo: hi')
 */
export function testBot(bot: Pick<Bot<never>, typeof STUB | typeof HANDLE>): TestBot {
  const mocks = createMocks()
  const chat = createChat()
  bot[STUB](async call => {
    // A body may be made when it is read: this is what is sent.
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
    const { userId } = person
    const click: Actor['click'] = async (card, button, given) => {
      const { outTrackId, buttons = [] } = typeof card === 'string' ? { outTrackId: card } : card
      const { id, params } = buttonOn(chat.find(outTrackId), userId, button, buttons)
      return act(TOPICS.card, () => clickPayload(person, place, outTrackId, id, { ...params, ...given }), {
        onReply: ({ data }) => chat.answered(outTrackId, userId, data),
      })
    }
    const send: Actor['send'] = message => act(TOPICS.chatbot, id => messagePayload(person, place, id, message))
    return {
      ...person,
      in: group => actor(person, { conversationId: `cid-${group}`, group }),
      say: text => send({ msgtype: 'text', text: { content: text } }),
      send,
      click,
      submit: (card, form) => click(card, 'submit', { form }),
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
