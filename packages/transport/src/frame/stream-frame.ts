import { inspect } from 'node:util'
import { type Ack, encodeAck, type Frame, type FrameHeaders, later } from './frame.ts'
import type { FrameCounters } from './frame-counters.ts'

/** The platform waits this long for an answer (appendix-b-proposals-for-rational-use-of-resources). */
const PUSH_DEADLINE = 3_000

/** Sends on the socket that a frame came from; false when that socket is gone. */
export type SendText = (text: string) => boolean

/** The socket of a frame, as far as its answer needs it. */
export interface FrameWire {
  readonly send: SendText
  readonly isOpen: () => boolean
  /** Called once: when the frame was answered, or never will be. */
  readonly onSettled: () => void
  readonly counters: FrameCounters
}

/**
 * EVENT or CALLBACK frame in the hands of a handler. It is answered once, on the socket that it came from or nowhere;
 * the platform waits three seconds for that.
 *
 * Hint: it prints without its data, which holds the session webhook.
 *
 * @example
 * const onFrame = (frame: StreamFrame) => {
 *   frame.respond()
 *   queue.add(frame.data)
 * }
 */
export class StreamFrame {
  /** `EVENT` for those chosen in the developer console, `CALLBACK` for messages, card clicks and the like. */
  readonly type: 'EVENT' | 'CALLBACK'
  /** Headers as the platform sent them. */
  readonly headers: FrameHeaders
  /** Size on the wire, in characters. */
  readonly size: number
  readonly #receivedAt: number = performance.now()
  readonly #wire: FrameWire
  #settled = false
  #data: unknown
  #isParsed = false

  constructor(type: 'EVENT' | 'CALLBACK', frame: Frame, size: number, wire: FrameWire) {
    this.type = type
    this.headers = frame.headers
    this.size = size
    this.#data = frame.data
    this.#wire = wire
  }

  /** Topic that it came under. */
  get topic(): string {
    return this.headers.topic
  }

  /** Payload: parsed JSON; the text itself where it is none. Parsed when first read. */
  get data(): unknown {
    if (!this.#isParsed) {
      this.#isParsed = true
      // In place of the text, which would else live as long as the frame.
      if (typeof this.#data === 'string') this.#data = parseText(this.#data)
    }
    return this.#data
  }

  /** True once it was answered or left. */
  get settled(): boolean {
    return this.#settled
  }

  /**
   * Answers the frame. Only the first answer counts.
   *
   * @throws TypeError when `data` has no JSON (a circular object); the frame can then be answered in another way.
   * @returns false when it was answered before, or when its socket is gone (the platform may then push it again).
   */
  respond(ack?: Ack): boolean {
    if (this.#settled) return false
    const { messageId } = this.headers
    // Written first: where that throws (a circular object), the frame can still be answered in another way.
    const text = messageId === undefined ? undefined : encodeAck(messageId, ack)
    this.leave()
    if (text === undefined || !this.#wire.send(text)) {
      this.#wire.counters.acksDropped++
      return false
    }
    this.#wire.counters.acks++
    if (performance.now() - this.#receivedAt > PUSH_DEADLINE) this.#wire.counters.acksLate++
    return true
  }

  /** True while an answer would leave: it has not been answered, and its socket is there. */
  get canRespond(): boolean {
    return !this.#settled && this.#wire.isOpen()
  }

  /** Declares that there is no room for it: an event is asked for again later, anything else stays unanswered. */
  refuse(why = 'too much is waiting'): void {
    this.#wire.counters.overloads++
    if (this.type === 'EVENT') this.respond(later(why))
    else this.leave()
  }

  /** Declares that its handler failed: an event is asked for again later, anything else is answered 500. */
  fail(why = 'the handler failed'): void {
    this.respond(this.type === 'EVENT' ? later(why) : { code: 500, message: why })
  }

  /** Declares that no answer will come, so that nobody waits for one. */
  leave(): void {
    if (this.#settled) return
    this.#settled = true
    this.#wire.onSettled()
  }
}

Object.defineProperty(StreamFrame.prototype, inspect.custom, {
  value(this: StreamFrame, _depth: number, options: object): string {
    const { type, topic, headers, settled } = this
    return `StreamFrame ${inspect({ type, topic, messageId: headers.messageId, settled }, options)}`
  },
})

function parseText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
