import * as v from 'valibot'
import { isRecord } from '../utils/is-record.ts'

/**
 * Headers of a frame that the platform sent. Headers unknown here are kept.
 *
 * Hint: only the topic is checked. The others are what the platform documents, and may be missing.
 */
export interface FrameHeaders {
  /**
   * Kind of the frame: `/v1.0/im/bot/messages/get` and the like for callbacks, `*` for events, `ping` for SYSTEM
   * frames.
   */
  readonly topic: string
  /** Id of this delivery, needed in the answer; a redelivery has a new one. */
  readonly messageId?: string
  /** Time of sending, in milliseconds since 1970 as decimal text (or a number). */
  readonly time?: string | number
  /** Kind of the event, such as `chat_update_title`. EVENT frames only. */
  readonly eventType?: string
  /** Id of the event, the same for each redelivery. EVENT frames only. */
  readonly eventId?: string
  /** Time of the event, in milliseconds since 1970. EVENT frames only. */
  readonly eventBornTime?: string | number
  /** Organisation that the event is of. EVENT frames only. */
  readonly eventCorpId?: string
  /** Id of the app that the event is for. EVENT frames only. */
  readonly eventUnifiedAppId?: string
  readonly [extension: string]: unknown
}

/** Frame as it came from the wire: one text message of the WebSocket, parsed. */
export interface Frame {
  /** `SYSTEM`, `EVENT` or `CALLBACK`. */
  readonly type: string
  /** Topic, ids and times. */
  readonly headers: FrameHeaders
  /** Payload, usually JSON text. */
  readonly data?: unknown
}

/**
 * Answer to a frame.
 *
 * @example
 * frame.respond({ data: { status: 'SUCCESS', message: 'ok' } })
 */
export interface Ack {
  /**
   * 200 for success, 400 for a bad frame, 404 for a topic without handler, 500 for a handler that failed. Default 200.
   */
  readonly code?: number
  /** Text for people. Default `OK`. */
  readonly message?: string
  /** Payload, sent as it is when it is a string, else as JSON. Default `{"response":null}`. */
  readonly data?: unknown
}

const optionalText = v.fallback(v.optional(v.string()), undefined)

// Strict about the fields that routing and answering need, blind to the rest.
const Routing = v.object({ topic: v.string(), messageId: optionalText })
const FrameSchema = v.object({ type: v.string(), headers: Routing })

/** Text that is no frame, and the reason, for the log. */
export interface BadFrame {
  readonly problem: string
}

/**
 * Reads a frame. Tolerates `header` for `headers`, which a sample of the platform's own page shows
 * (developerpedia, docs/learn/stream/protocol).
 */
export function parseFrame(text: string): Frame | BadFrame {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return { problem: 'it is not JSON' }
  }
  if (!isRecord(raw)) return { problem: 'it is not an object' }
  const { type, data } = raw
  const headers = raw.headers ?? raw.header
  // Nearly all frames are sound. The schema judges, and mends, those that are not.
  if (typeof type === 'string' && areSound(headers)) return { type, headers, data }
  const result = v.safeParse(FrameSchema, { type, headers })
  if (!result.success)
    return { problem: `${result.issues.map(issue => v.getDotPath(issue)).join(', ')} missing or wrong` }
  // The checked headers, over those that nobody knows yet.
  return { type: result.output.type, headers: { ...Object(headers), ...result.output.headers }, data }
}

/** True for what the schema would leave as it is. */
function areSound(headers: unknown): headers is FrameHeaders {
  if (!isRecord(headers) || typeof headers.topic !== 'string') return false
  return headers.messageId === undefined || typeof headers.messageId === 'string'
}

const NO_RESPONSE = '{"response":null}'

const ENCODED: unique symbol = Symbol('encoded')

/** Text of an answer, before and behind the id of what it answers. */
interface Encoded {
  readonly head: string
  readonly tail: string
}

const DEFAULT = encode({})

/** Writes the answer to a frame as the text that goes out. @throws TypeError for data that has no JSON. */
export function encodeAck(messageId: string, ack?: Ack & { readonly [ENCODED]?: Encoded }): string {
  const { head, tail } = ack ? (ack[ENCODED] ?? encode(ack)) : DEFAULT
  return head + JSON.stringify(messageId) + tail
}

/**
 * Copies an answer that is given to many frames, and encodes it once for all of them. The copy must not be changed.
 *
 * @throws TypeError for data that has no JSON.
 * @example
 * const DONE = constantAck({ data: { status: 'SUCCESS', message: 'ok' } })
 * const onFrame = (frame: StreamFrame) => void frame.respond(DONE)
 */
export function constantAck<A extends Ack>(ack: A): A {
  return Object.defineProperty({ ...ack }, ENCODED, { value: encode(ack) })
}

function encode({ code = 200, message = 'OK', data = NO_RESPONSE }: Ack): Encoded {
  // A value that JSON knows nothing of (a function, say) becomes null: the platform wants a text.
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? 'null')
  const quote = JSON.stringify
  // Put together by hand: JSON.stringify of the whole takes four times as long.
  return {
    head: `{"code":${quote(code)},"headers":{"contentType":"application/json","messageId":`,
    tail: `},"message":${quote(message)},"data":${quote(text)}}`,
  }
}

/**
 * Makes the answer that asks the platform to push an event again later (`status: 'LATER'`). `message` is the reason.
 *
 * Hint: only events are pushed again by it. A callback that is to come again must be left unanswered.
 *
 * @example
 * frame.respond(later('the database is down'))
 */
export function later(message: string): Ack {
  return { data: { status: 'LATER', message } }
}
