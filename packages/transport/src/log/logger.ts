import createDebug from 'debug'
import { redact } from '../redact/redact.ts'
import { redactFields } from '../redact/redact-value.ts'

/**
 * Destination of messages about the running bot. Neither the message nor the fields hold secrets, so a logger may pass
 * them on as they are.
 *
 * @example
 * const log = pino()
 * const logger: Logger = {
 *   debug: (message, fields) => log.debug(fields, message),
 *   info: (message, fields) => log.info(fields, message),
 *   warn: (message, fields) => log.warn(fields, message),
 *   error: (message, fields) => log.error(fields, message),
 * }
 */
export interface Logger {
  /** Steps that matter only while one looks for a fault. */
  debug(message: string, fields?: LogFields): void
  /** Events of normal life, such as a connection that was lost and is replaced. */
  info(message: string, fields?: LogFields): void
  /** Trouble that was got over, and things to put right. */
  warn(message: string, fields?: LogFields): void
  /** Failures that need somebody's attention. */
  error(message: string, fields?: LogFields): void
}

/** Plain values that belong to a log message, by name. Values that are `undefined` are not shown. */
export type LogFields = Readonly<Record<string, unknown>>

/**
 * Creates the default logger, which masks secrets in messages and fields. Warnings and errors go to stderr, so that a
 * bot without settings is never silent about its failures; the rest goes to the `debug` namespace `dingware:<name>`,
 * which costs nothing when off. Set `DEBUG=dingware:*` to see it.
 *
 * @example
 * const logger = createLogger('my-bot')
 * logger.warn('The stock is low.', { left: 3 }) // 2026-01-01T00:00:00.000Z dingware:my-bot WARN The stock is low. left=3
 */
export function createLogger(name: string): Logger {
  const debug = createDebug(`dingware:${name}`)
  const print =
    (level: string) =>
    (message: string, fields?: LogFields): void => {
      process.stderr.write(`${new Date().toISOString()} dingware:${name} ${level} ${lineOf(message, fields)}\n`)
    }
  const trace = (message: string, fields?: LogFields): void => {
    if (debug.enabled) debug('%s', lineOf(message, fields))
  }
  return { debug: trace, info: trace, warn: print('WARN'), error: print('ERROR') }
}

/** One line, but for the frames of a stack, which stand below. Programs without types hand in anything as a message. */
function lineOf(message: string, fields: LogFields = {}): string {
  const { stack, ...others } = redactFields(fields)
  const entries = Object.entries(others).filter(([, value]) => value !== undefined)
  const line = [redact(String(message)), ...entries.map(([key, value]) => `${key}=${textOf(value)}`)].join(' ')
  return stack ? `${line}\n${textOf(stack)}` : line
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
