import * as v from 'valibot'
import { isRecord } from '../utils/is-record.ts'

/** Headers of a downstream frame. Those that the platform adds one day are kept. */
export interface FrameHeaders {
  readonly topic: string
  /** Id of this delivery, needed in the answer; a redelivery has a new one. */
  readonly messageId?: string
  /** When the platform sent it, in milliseconds as decimal text (or a number). */
  readonly time?: string | number
  /** EVENT frames only. */
  readonly eventType?: string
  /** EVENT frames only; the same for each redelivery. */
  readonly eventId?: string
  readonly eventBornTime?: string | number
  readonly eventCorpId?: string
  readonly eventUnifiedAppId?: string
  readonly [extension: string]: unknown
}

/** A frame as it came from the wire. */
export interface Frame {
  readonly type: string
  readonly headers: FrameHeaders
  /** Usually JSON text. */
  readonly data?: unknown
}

/** What an answer says. `data` is sent as it is when it is a string, else as JSON. */
export interface Ack {
  /** 200 fine, 400 bad frame, 404 nobody handles the topic, 500 the handler failed. Default 200. */
  readonly code?: number
  /** Default `OK`. */
  readonly message?: string
  readonly data?: unknown
}

const optionalText = v.fallback(v.optional(v.string()), undefined)

// Strict about what routing and answering need, blind to the rest.
const Routing = v.object({ topic: v.string(), messageId: optionalText })
const FrameSchema = v.object({ type: v.string(), headers: Routing })

/** Why a text is no frame, for the log. */
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
  const headers = raw.headers ?? raw.header
  const result = v.safeParse(FrameSchema, { type: raw.type, headers })
  if (!result.success)
    return { problem: `${result.issues.map(issue => v.getDotPath(issue)).join(', ')} missing or wrong` }
  const { type, headers: routing } = result.output
  // `routing` has the checked fields, `known` also those that nobody knows yet. Copied only where they differ.
  const known = headers as FrameHeaders
  const same = known.messageId === routing.messageId
  return { type, headers: same ? known : ({ ...known, ...routing } as FrameHeaders), data: raw.data }
}

const NO_RESPONSE = '{"response":null}'

/** Writes the answer to a frame. */
export function encodeAck(messageId: string, { code = 200, message = 'OK', data = NO_RESPONSE }: Ack = {}): string {
  // What JSON knows nothing of (a function, say) becomes null: the platform wants a text.
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? 'null')
  const quote = JSON.stringify
  // Put together by hand: JSON.stringify of the whole takes four times as long.
  return `{"code":${quote(code)},"headers":{"contentType":"application/json","messageId":${quote(messageId)}},"message":${quote(message)},"data":${quote(text)}}`
}

/** The answer that asks the platform to push an event again. */
export function later(message: string): Ack {
  return { data: { status: 'LATER', message } }
}
