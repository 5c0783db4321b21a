import type { Ack } from '../frame/frame.ts'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { createLogger, type Logger } from '../log/logger.ts'
import { checkOptions } from '../options/check-options.ts'
import { rule } from '../options/rules.ts'
import { createWorkQueue, QUEUE_RULES, type WorkQueueOptions } from '../queue/work-queue.ts'
import { redact } from '../redact/redact.ts'
import { messageOf } from '../redact/thrown-text.ts'

/** Bounds on the handlers that run and wait, and where to tell of trouble. */
export interface AnsweringOptions extends WorkQueueOptions {
  /** Called for each frame that is refused because too much is waiting. It is not answered (an event: LATER). */
  readonly onOverload?: ((frame: StreamFrame) => void) | undefined
  /** Told of handlers that throw. Default: {@link createLogger} with the name `transport`. */
  readonly logger?: Logger | undefined
}

/**
 * Makes an `onFrame` from a function that returns the answer: at most `concurrency` run at once, the rest waits in a
 * bounded queue. A frame whose function returns nothing is answered 200, one whose function throws 500 (an event:
 * LATER, so that the platform pushes it again). Frames beyond the bounds are refused.
 *
 * @throws TypeError for options that cannot be.
 * @example
 * createStreamClient({ subscriptions, onFrame: answering(async frame => ({ data: { status: 'SUCCESS' } })) })
 */
export function answering(
  handler: (frame: StreamFrame) => Ack | void | Promise<Ack | void>,
  options: AnsweringOptions = {},
): (frame: StreamFrame) => void {
  checkOptions<AnsweringOptions>('answering', options, {
    ...QUEUE_RULES,
    onOverload: rule.callback,
    logger: rule.methods('debug', 'info', 'warn', 'error'),
  })
  const { onOverload, logger = createLogger('transport'), ...limits } = options
  const queue = createWorkQueue(limits)

  const run = async (frame: StreamFrame): Promise<void> => {
    try {
      frame.respond((await handler(frame)) ?? success(frame))
    } catch (error) {
      logger.error('A handler threw.', { topic: frame.topic, error: redact(messageOf(error)) })
      frame.fail()
    }
  }

  return frame => {
    if (queue.push(() => run(frame), frame.size)) return
    frame.refuse()
    onOverload?.(frame)
  }
}

function success(frame: StreamFrame): Ack {
  return frame.type === 'EVENT' ? { data: { status: 'SUCCESS', message: 'ok' } } : {}
}
