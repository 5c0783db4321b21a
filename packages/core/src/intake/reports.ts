import { harmlessly, type Logger, logThrown, thrownFields, thrownText } from '@dingware/transport'
import type { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import type { Update } from '../updates/update.ts'
import { overloadText, slowText } from './load.ts'
import type { Runner } from './runner.ts'
import type { Load } from './task-queue.ts'
import { isStoppedError } from './wait/errors.ts'

export type ErrorHandler<C extends Context> = (error: BotError<C>) => unknown

export interface ReportsOptions<C extends Context> {
  readonly logger: Logger
  /** The handler of `bot.catch`. */
  readonly onError: () => ErrorHandler<C> | undefined
  readonly onOverload: ((update: Update) => void) | undefined
  readonly load: () => Load
}

/** Tells the log, and those that the bot has named for it, what went wrong. */
export interface Reports<C extends Context>
  extends Pick<Runner<BotError<C>>, 'onFailure' | 'onRetry' | 'onOverload' | 'onThrown'> {
  readonly onSlow: (update: Update, ms: number) => void
}

export function createReports<C extends Context>(options: ReportsOptions<C>): Reports<C> {
  const { logger, onError, onOverload, load } = options
  return {
    async onFailure(error) {
      const handler = onError()
      const { kind, deliveryId } = error.ctx.update
      if (isStoppedError(error.cause)) {
        // A wait that `stop()` ended is no error of the handler.
        logger.debug(error.message, { kind, deliveryId })
        return true
      }
      if (!handler) {
        logger.error(error.message, { kind, deliveryId, ...thrownFields(error.cause) })
        return false
      }
      try {
        await handler(error)
      } catch (second) {
        const what = `bot.catch threw while it handled this: ${error.message} It threw: ${thrownText(second)}`
        logger.error(what, { kind, deliveryId, ...thrownFields(error.cause, second) })
      }
      return true
    },
    onRetry(error, { kind, deliveryId, headers: { eventId } }) {
      const fields = { kind, deliveryId, eventId, ...thrownFields(error.cause) }
      const level = isStoppedError(error.cause) ? 'debug' : 'warn'
      logger[level](`${error.message} It will be handled again.`, fields)
    },
    onThrown: logThrown(logger, 'An admission'),
    onOverload(update) {
      const { kind, deliveryId } = update
      logger.warn(overloadText(kind, load()), { kind, deliveryId })
      harmlessly(() => onOverload?.(update), logThrown(logger, 'onOverload'))
    },
    onSlow({ kind, deliveryId }, ms) {
      const now = load()
      logger.warn(slowText(ms, now), { kind, deliveryId, running: now.running, concurrency: now.concurrency })
    },
  }
}
