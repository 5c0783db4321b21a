import type { Middleware } from '../../composer/compose/compose.ts'
import type { Context } from '../../context/context.ts'
import { harmlessly } from '../../utils/harmlessly.ts'

/** Options of {@link logger}. */
export interface LoggerOptions {
  /**
   * Function that writes a line. Default: `ctx.log.info`, which the default logger shows if `DEBUG=dingware:core` is
   * set.
   */
  readonly log?: ((line: string, fields: UpdateLine) => void) | undefined
}

/** Fields of a log line. */
export interface UpdateLine {
  /** Kind of the update. */
  readonly kind: string
  /** Name or id of the conversation. */
  readonly chat: string | undefined
  /** Duration in milliseconds. */
  readonly ms: number
  /** `failed` if a handler threw. */
  readonly outcome: 'ok' | 'failed'
}

/**
 * Creates middleware that logs one line per update when it is done: kind, conversation, milliseconds, outcome. Like
 * Hono's and Koa's loggers, it covers the middleware behind it, so put it first.
 *
 * @example
 * bot.use(logger({ log: console.log }))
 */
export function logger({ log }: LoggerOptions = {}): Middleware<Context> {
  return async function logger(ctx, next) {
    const start = performance.now()
    const write = (outcome: UpdateLine['outcome']): void => {
      const ms = Math.round(performance.now() - start)
      const { kind } = ctx.update
      const chat = ctx.chat?.title ?? ctx.chat?.id
      const line = `${kind} ${chat ?? '-'} ${ms} ms ${outcome}`
      const fields = { kind, chat, ms, outcome }
      if (log) harmlessly(ctx.log, 'The `log` of logger()', () => log(line, fields))
      else ctx.log.info(line, { ...fields })
    }
    try {
      await next()
    } catch (error) {
      write('failed')
      throw error
    }
    write('ok')
  }
}
