import type { StreamFrame } from '../frame/stream-frame.ts'
import { logThrown } from '../log/log-thrown.ts'
import type { Logger } from '../log/logger.ts'
import { harmlessly } from '../utils/harmlessly.ts'
import type { StreamClientOptions } from './options.ts'

/**
 * Creates a function that hands the frames of all sockets to the user's `onFrame`. A frame that was not subscribed to
 * is answered 404; while the client stops, frames are refused.
 */
export function createFrameRouter(
  { subscriptions, onFrame }: Pick<StreamClientOptions, 'subscriptions' | 'onFrame'>,
  logger: Logger,
  isStopping: () => boolean,
): (frame: StreamFrame) => void {
  const isSubscribed = ({ type, topic }: StreamFrame): boolean => {
    const list = typeof subscriptions === 'function' ? subscriptions() : subscriptions
    // Events are chosen in the console; the topic of an EVENT frame is `*` or, in older samples, `dingTalk`.
    return list.some(item => item.type === type && (type === 'EVENT' || item.topic === topic))
  }
  const route = (frame: StreamFrame): unknown => {
    if (isStopping()) return frame.refuse('the client is stopping')
    if (isSubscribed(frame)) return onFrame(frame)
    return frame.respond({ code: 404, message: 'no handler for this topic' })
  }
  const report = logThrown(logger, 'The handler of frames')
  return frame =>
    harmlessly(
      () => route(frame),
      error => {
        report(error)
        frame.fail()
      },
    )
}
