import { inspect } from 'node:util'
import type { FrameHeaders, StreamFrame } from '@dingware/transport'

/** Topics of the stream (developerpedia, docs/learn/stream/protocol). */
export const TOPICS = {
  chatbot: '/v1.0/im/bot/messages/get',
} as const

export type UpdateKind = keyof typeof TOPICS | 'topic'

/** Something that came in: what {@link Bot.handle} takes. */
export interface Update {
  readonly kind: UpdateKind
  readonly topic: string
  /** Id of this delivery; a redelivery has a new one. */
  readonly deliveryId: string | undefined
  readonly headers: FrameHeaders
  /** The payload as it came. Not enumerable, because it holds the session webhook. */
  readonly raw: unknown
}

/** What is answered to the platform. */
export interface Reply {
  readonly code: number
  readonly message: string
  readonly data: unknown
}

const KIND_OF_TOPIC: ReadonlyMap<string, UpdateKind> = new Map(
  Object.entries(TOPICS).map(([kind, topic]) => [topic, kind as keyof typeof TOPICS]),
)

/** Makes an update of a frame, or of a payload of your own in tests and replays. */
export function createUpdate(topic: string, raw: unknown, headers: FrameHeaders = { topic }): Update {
  const kind = KIND_OF_TOPIC.get(topic) ?? 'topic'
  const update = { kind, topic, deliveryId: headers.messageId, headers }
  return Object.defineProperties(update, {
    raw: { value: raw },
    [inspect.custom]: { value: () => `Update ${inspect({ kind, topic, deliveryId: headers.messageId })}` },
  }) as typeof update & { readonly raw: unknown }
}

export function updateOfFrame(frame: StreamFrame): Update {
  return createUpdate(frame.topic, frame.data, frame.headers)
}
