import { harmlessly, logThrown } from '@dingware/transport'
import type { Middleware } from '../../composer/compose/compose.ts'
import type { Context } from '../../context/context.ts'

export interface LoggerOptions {
  /** Where the lines go. Default: `ctx.log.info`, which the default logger shows under `DEBUG=dingware:core`. */
  readonly log?: ((line: string, fields: UpdateLine) => void) | undefined
}

/** What a line says. */
export interface UpdateLine {
  readonly kind: string
  readonly chat: string | undefined
  readonly ms: number
  readonly outcome: 'ok' | 'failed'
}

/**
 * Writes one line for each update, when it is done: kind, chat, milliseconds, outcome.
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
      if (log) harmlessly(() => log(line, fields), logThrown(ctx.log, 'The `log` of logger()'))
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
