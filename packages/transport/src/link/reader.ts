import { encodeAck, type Frame, parseFrame } from '../frame/frame.ts'
import type { FrameCounters } from '../frame/frame-counters.ts'
import { type FrameWire, type SendText, StreamFrame } from '../frame/stream-frame.ts'
import type { Logger } from '../log/logger.ts'
import { redact } from '../redact/redact.ts'
import { messageOf } from '../redact/thrown-text.ts'
import type { PendingAnswers } from './pending-answers.ts'

/** Characters of the platform's text that a log line may have. */
const EXCERPT = 200

/** Parts that a reader works with. */
export interface ReaderOptions {
  readonly logger: Logger
  readonly counters: FrameCounters
  readonly send: SendText
  /** True while the socket is there. */
  readonly isOpen: () => boolean
  readonly pendingAnswers: PendingAnswers
  readonly onFrame: (frame: StreamFrame) => void
  readonly onSystem: (frame: Frame) => void
  /** Called when the platform announced that it will close the socket. */
  readonly onDisconnect: (reason: string) => void
}

/** Creates the reader of one socket, a function that takes its texts. It never throws, whatever comes from the wire. */
export function createReader(options: ReaderOptions): (text: string) => void {
  const { logger, counters, send, isOpen, pendingAnswers } = options

  const wire: FrameWire = { send, isOpen, onSettled: pendingAnswers.settle, counters }

  const read = (text: string): void => {
    const frame = parseFrame(text)
    if ('problem' in frame) {
      counters.badFrames++
      logger.warn(`A frame was dropped: ${frame.problem}.`, { size: text.length })
      return
    }
    const { type } = frame
    if (type === 'SYSTEM') {
      answerSystem(frame)
    } else if (type === 'EVENT' || type === 'CALLBACK') {
      pendingAnswers.add()
      options.onFrame(new StreamFrame(type, frame, text.length, wire))
    } else {
      refuse(frame, options)
    }
  }

  const answerSystem = (frame: Frame): void => {
    const { topic, messageId } = frame.headers
    if (topic === 'disconnect') {
      options.onDisconnect(describe(frame.data))
      // As the official clients for Python and Go do: what is not acked is said to be repeated
      // (dingtalk-stream-sdk-python#22).
      if (messageId !== undefined) send(encodeAck(messageId))
    }
    if (topic === 'ping' && messageId !== undefined) send(encodeAck(messageId, { data: frame.data }))
    options.onSystem(frame)
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

/** Answers a frame of a type that nobody knows. */
function refuse({ type, headers: { topic, messageId } }: Frame, { counters, logger, send }: ReaderOptions): void {
  counters.badFrames++
  logger.warn('A frame of an unknown type was answered 404.', { type: describe(type), topic: describe(topic) })
  if (messageId !== undefined) send(encodeAck(messageId, { code: 404, message: 'unknown frame type' }))
}

/** The beginning of a text of the platform, fit for a log line. */
function describe(data: unknown): string {
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? '')
  // Cut before masking, because masking a megabyte takes its time; and after, because a mask may be longer.
  return redact(text.slice(0, 2 * EXCERPT)).slice(0, EXCERPT)
}
