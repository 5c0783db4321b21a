import { inspect } from 'node:util'
import type { FrameHeaders, StreamFrame, Subscription } from '@dingware/transport'
import type { KnownCard } from './callback/known-card.ts'
import { eventHeadersOf } from './event/envelope.ts'

/** Topics of the stream that have a kind of their own (developerpedia, docs/learn/stream/protocol). */
export const TOPICS = {
  /** Messages to the bot. */
  chatbot: '/v1.0/im/bot/messages/get',
  /** Messages that the bot answers on behalf of a person ("AI hosting"). */
  delegate: '/v1.0/im/bot/messages/delegate',
  /** Clicks and forms of cards. */
  card: '/v1.0/card/instances/callback',
  /** Cards that ask for their data. */
  dynamicData: '/v1.0/card/dynamicData/get',
  /** Calls of an AI plugin. */
  graph: '/v1.0/graph/api/invoke',
  /** Every event that is ticked in the developer console; the only topic of events. */
  event: '*',
} as const

/** What an update is; `topic` for a stream topic that has no kind of its own. */
export type UpdateKind = keyof typeof TOPICS | 'topic'

/** Something that came in. */
export interface Update {
  readonly kind: UpdateKind
  readonly topic: string
  /** Id of this delivery; a redelivery has a new one. */
  readonly deliveryId: string | undefined
  readonly headers: FrameHeaders
  /** Size on the wire, in characters; 0 where it did not come from there. */
  readonly size: number
  /** The payload as it came. Not enumerable, because it holds the session webhook. */
  readonly raw: unknown
  /** Of a click: what the bot keeps of the card, once it has been looked up. */
  readonly card?: KnownCard | undefined
}

/** What is answered to the platform. */
export interface Reply {
  /** 200 fine, 404 nobody handles it, 500 the handler failed. */
  readonly code: number
  readonly message: string
  readonly data: unknown
}

/** What topics were called before, and still are in places: `bot_got_msg` (dingtalk-stream-sdk-nodejs), `dingTalk` (developerpedia). */
const OLD_TOPICS: readonly (readonly [topic: string, kind: UpdateKind])[] = [
  ['bot_got_msg', 'chatbot'],
  ['dingTalk', 'event'],
]

const KINDS: ReadonlyMap<string, UpdateKind> = new Map([
  ...Object.entries(TOPICS).map(([kind, topic]) => [topic, asKind(kind)] as const),
  ...OLD_TOPICS,
])

function asKind(kind: string): UpdateKind {
  return kind in TOPICS ? (kind as keyof typeof TOPICS) : 'topic'
}

/**
 * Makes an update of a payload of your own, for tests, replays and other transports.
 *
 * @example
 * await bot.handle(createUpdate(TOPICS.chatbot, { msgtype: 'text', text: { content: 'hi' } }))
 */
export function createUpdate(topic: string, raw: unknown, headers: FrameHeaders = { topic }): Update {
  const kind = KINDS.get(topic) ?? 'topic'
  return makeUpdate(kind, topic, raw, withEventHeaders(kind, raw, headers), 0)
}

/** An event that was pushed by HTTP says in its body what on the stream stands in the headers. */
function withEventHeaders(kind: UpdateKind, raw: unknown, headers: FrameHeaders): FrameHeaders {
  return kind === 'event' && headers.eventType === undefined ? { ...eventHeadersOf(raw), ...headers } : headers
}

export function updateOfFrame(frame: StreamFrame): Update {
  // The topic of an EVENT frame is `*` or, in older samples, `dingTalk`.
  const kind = frame.type === 'EVENT' ? 'event' : (KINDS.get(frame.topic) ?? 'topic')
  const { topic, data, headers, size } = frame
  return makeUpdate(kind, topic, data, withEventHeaders(kind, data, headers), size)
}

/** Makes an update again of what was kept of it. */
export function restoreUpdate({ kind, topic, raw, headers, size }: Omit<Update, 'deliveryId'>): Update {
  return makeUpdate(kind, topic, raw, headers, size)
}

/** Tells an update what is kept of its card. */
export function knowCard(update: Update, card: KnownCard | undefined): void {
  InboundUpdate.know(update, card)
}

/** What must be subscribed to get updates of a topic. */
export function subscriptionOf(topic: string): Subscription {
  return { type: topic === TOPICS.event ? 'EVENT' : 'CALLBACK', topic }
}

class InboundUpdate implements Update {
  readonly kind: UpdateKind
  readonly topic: string
  readonly deliveryId: string | undefined
  readonly headers: FrameHeaders
  readonly size: number
  readonly #raw: unknown
  #card: KnownCard | undefined

  constructor(kind: UpdateKind, topic: string, raw: unknown, headers: FrameHeaders, size: number) {
    this.kind = kind
    this.topic = topic
    this.deliveryId = headers.messageId
    this.headers = headers
    this.size = size
    this.#raw = raw
  }

  get raw(): unknown {
    return this.#raw
  }

  get card(): KnownCard | undefined {
    return this.#card
  }

  static know(update: Update, card: KnownCard | undefined): void {
    if (#card in update) update.#card = card
  }
}

Object.defineProperty(InboundUpdate.prototype, inspect.custom, {
  value(this: Update, _depth: number, options: object): string {
    const { kind, topic, deliveryId } = this
    return `Update ${inspect({ kind, topic, deliveryId }, options)}`
  },
})

const makeUpdate = (...args: ConstructorParameters<typeof InboundUpdate>): Update => new InboundUpdate(...args)
