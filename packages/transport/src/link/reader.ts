import type { Counters } from '../frame/counters.ts'
import { encodeAck, type Frame, parseFrame } from '../frame/frame.ts'
import { type SendText, StreamFrame } from '../frame/stream-frame.ts'
import type { Logger } from '../log/logger.ts'
import { redact } from '../redact/redact.ts'
import { messageOf } from '../redact/thrown-text.ts'
import type { Debts } from './debts.ts'

/** Characters of the platform's text that a log line may have. */
const EXCERPT = 200

export interface ReaderOptions {
  readonly logger: Logger
  readonly counters: Counters
  readonly send: SendText
  /** Whether the socket is there. */
  readonly isOpen: () => boolean
  readonly debts: Debts
  readonly onFrame: (frame: StreamFrame) => void
  readonly onSystem: (frame: Frame) => void
  /** The platform announced that it will close the socket. */
  readonly onDisconnect: (reason: string) => void
}

/** Makes what takes the texts of one socket. It never throws, whatever comes from the wire. */
export function createReader(options: ReaderOptions): (text: string) => void {
  const { logger, counters, send, isOpen, debts } = options

  const read = (text: string): void => {
    const frame = parseFrame(text)
    if ('problem' in frame) {
      counters.badFrames++
      logger.warn(`A frame was dropped: ${frame.problem}.`, { size: text.length })
      return
    }
    const { type } = frame
    if (type === 'SYSTEM') {
      system(frame)
    } else if (type === 'EVENT' || type === 'CALLBACK') {
      debts.incur()
      options.onFrame(new StreamFrame(type, frame, text.length, { send, isOpen, debt: debts, counters }))
    } else {
      refuse(frame)
    }
  }

  const system = (frame: Frame): void => {
    const { topic, messageId } = frame.headers
    if (topic === 'disconnect') {
      options.onDisconnect(describe(frame.data))
      // As the official clients for Python and Go do: what is not acked is said to be repeated (dingtalk-stream-sdk-python#22).
      if (messageId !== undefined) send(encodeAck(messageId))
    }
    if (topic === 'ping' && messageId !== undefined) send(encodeAck(messageId, { data: frame.data }))
    options.onSystem(frame)
  }

  const refuse = ({ type, headers: { topic, messageId } }: Frame): void => {
    counters.badFrames++
    logger.warn('A frame of an unknown type was answered 404.', { type: describe(type), topic: describe(topic) })
    if (messageId !== undefined) send(encodeAck(messageId, { code: 404, message: 'unknown frame type' }))
  }

  return text => {
    counters.frames++
    try {
      read(text)
    } catch (error) {
      // JSON nested deeper than the stack can be read, but not written back into an answer, for example.
      counters.badFrames++
      const reason = redact(messageOf(error))
      logger.warn('A frame was dropped: it cannot be answered.', { reason, size: text.length })
    }
  }
}

function describe(data: unknown): string {
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? '')
  // Cut before masking, because masking a megabyte takes its time; and after, because a mask may be longer.
  return redact(text.slice(0, 2 * EXCERPT)).slice(0, EXCERPT)
}
