import type { ApiCall } from '../api/api-call.ts'
import { STUB } from '../api/stub.ts'
import type { Bot } from '../bot/bot.ts'
import { HANDLE } from '../bot/handle.ts'
import { createUpdate, type Reply, TOPICS } from '../update/update.ts'
import { createMocks, type Mock } from './mocks.ts'
import { clickPayload, messagePayload, type Person, type Place } from './payloads.ts'

/** Something that the bot said through the session webhook. */
export interface TestReply {
  /** `text`, `markdown`, … */
  readonly msgtype: string
  /** The text, or the markdown. */
  readonly text: string
  /** All of it. */
  readonly body: unknown
}

/** What came of one update. */
export interface Turn {
  /** What was answered to the platform. */
  readonly answer: Reply
  /** What the bot said in this turn, oldest first. */
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
  /** Clicks a button of a card, by the card or its outTrackId. */
  click(card: string | { readonly outTrackId: string }, actionId: string, params?: object): Promise<Turn>
}

/** A bot under test. */
export interface TestBot {
  /** Somebody, by name. */
  user(nick: string): Actor
  /** Pushes an event. */
  event(type: string, data: unknown): Promise<Turn>
  /** Answers calls of a path, or of those that match. Later mocks go before earlier ones. */
  mock(path: string | RegExp, mock: Mock): void
  /** Everything that the bot said, oldest first. */
  readonly replies: readonly TestReply[]
  /** Every call that the bot made, oldest first. */
  readonly calls: readonly ApiCall[]
}

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
  const replies: TestReply[] = []
  let acts = 0
  bot[STUB](mocks.answer)

  const act = async (topic: string, payload: (id: string) => unknown, headers: object = {}): Promise<Turn> => {
    const id = `test-${++acts}`
    const from = mocks.calls.length
    const { reply, error } = await bot[HANDLE](createUpdate(topic, payload(id), { topic, messageId: id, ...headers }))
    const calls = mocks.calls.slice(from)
    const said = calls.filter(call => call.base === 'webhook').map(call => replyOf(call.body))
    replies.push(...said)
    if (error) throw error.cause
    return { answer: reply, replies: said, calls }
  }

  const actor = (person: Person, place: Place): Actor => ({
    ...person,
    in: group => actor(person, { conversationId: `cid-${group}`, group }),
    say: text =>
      act(TOPICS.chatbot, id => messagePayload(person, place, id, { msgtype: 'text', text: { content: text } })),
    send: message => act(TOPICS.chatbot, id => messagePayload(person, place, id, message)),
    click(card, actionId, params = {}) {
      const outTrackId = typeof card === 'string' ? card : card.outTrackId
      return act(TOPICS.card, () => clickPayload(person, place, outTrackId, actionId, params))
    },
  })

  return {
    user: nick => actor({ nick, userId: `user-${nick}` }, { conversationId: `cid-private-${nick}` }),
    event: (type, data) => act(TOPICS.event, () => data, { eventType: type, eventId: `event-${acts}` }),
    mock: mocks.add,
    replies,
    calls: mocks.calls,
  }
}

function replyOf(body: unknown): TestReply {
  const { msgtype, text, markdown } = isRecord(body) ? body : {}
  const content = isRecord(text) ? text.content : isRecord(markdown) ? markdown.text : ''
  return { msgtype: String(msgtype), text: String(content), body }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
