import { inspect } from 'node:util'
import type { FrameHeaders, StreamFrame, Subscription } from '@dingware/transport'
import type { KnownCard } from './callback/known-card.ts'
import { eventHeadersOf } from './event/envelope.ts'

/**
 * Stream topics by kind of update (developerpedia, docs/learn/stream/protocol).
 *
 * @example
 * await bot.handle(createUpdate(TOPICS.chatbot, { msgtype: 'text', text: { content: 'hi' } }))
 */
export const TOPICS = {
  /** Messages to the bot. */
  chatbot: '/v1.0/im/bot/messages/get',
  /** Messages that the bot answers on behalf of a person ("AI hosting"). */
  delegate: '/v1.0/im/bot/messages/delegate',
  /** Clicks on cards, and submitted forms. */
  card: '/v1.0/card/instances/callback',
  /** Requests of cards for their data. */
  dynamicData: '/v1.0/card/dynamicData/get',
  /** Calls of an AI plugin. */
  graph: '/v1.0/graph/api/invoke',
  /** All events that are subscribed in the developer console; the only topic of events. */
  event: '*',
} as const

/** Kind of an update; `topic` for a stream topic without a kind of its own. */
export type UpdateKind = keyof typeof TOPICS | 'topic'

/** Incoming update: a message, event, click or request, before it is parsed (`ctx.update`). */
export interface Update {
  /** Kind, by topic. */
  readonly kind: UpdateKind
  /** Stream topic that it came on. */
  readonly topic: string
  /** Id of this delivery; a redelivery has a new one. */
  readonly deliveryId: string | undefined
  /** Headers of the frame, such as `eventType`. */
  readonly headers: FrameHeaders
  /** Size of the payload in characters; 0 if it did not come by stream. */
  readonly size: number
  /** Payload as the platform sent it. Not enumerable, since it holds the session webhook. */
  readonly raw: unknown
  /** For a click: facts that the bot keeps about the card, once loaded. */
  readonly card?: KnownCard | undefined
}

/** Answer to the platform. */
export interface Reply {
  /** Status code: 200 success, 404 not handled, 500 the handler failed, 503 not accepted. */
  readonly code: number
  /** Status text. */
  readonly message: string
  /** Data, whose form depends on the kind of update. */
  readonly data: unknown
}

/**
 * Former names of topics that are still in use: `bot_got_msg` (dingtalk-stream-sdk-nodejs), `dingTalk`
 * (developerpedia).
 */
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
 * Creates an update from a payload of your own, for tests, replays and other transports.
 *
 * @param headers frame headers; for events, `eventType` and `eventId` are read from the payload if missing
 * @example
 * await bot.handle(createUpdate(TOPICS.chatbot, { msgtype: 'text', text: { content: 'hi' } }))
 */
export function createUpdate(topic: string, raw: unknown, headers: FrameHeaders = { topic }): Update {
  const kind = KINDS.get(topic) ?? 'topic'
  return new InboundUpdate(kind, topic, raw, withEventHeaders(kind, raw, headers), 0)
}

/** Adds the event headers of an event pushed over HTTP, which are in its body. */
function withEventHeaders(kind: UpdateKind, raw: unknown, headers: FrameHeaders): FrameHeaders {
  return kind === 'event' && headers.eventType === undefined ? { ...eventHeadersOf(raw), ...headers } : headers
}

export function updateOfFrame(frame: StreamFrame): Update {
  // The topic of an EVENT frame is `*` or, in older samples, `dingTalk`.
  const kind = frame.type === 'EVENT' ? 'event' : (KINDS.get(frame.topic) ?? 'topic')
  const { topic, data, headers, size } = frame
  return new InboundUpdate(kind, topic, data, withEventHeaders(kind, data, headers), size)
}

/** Restores an update from its saved parts. */
export function restoreUpdate({ kind, topic, raw, headers, size }: Omit<Update, 'deliveryId'>): Update {
  return new InboundUpdate(kind, topic, raw, headers, size)
}

/** Stores the facts about a click's card in the update. */
export function knowCard(update: Update, card: KnownCard | undefined): void {
  InboundUpdate.know(update, card)
}

/** Subscription that is needed to get updates of a topic. */
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
