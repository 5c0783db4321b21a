import createDebug from 'debug'
import { redact } from '../redact/redact.ts'
import { redactFields } from '../redact/redact-value.ts'

/** Where messages about the running bot go. Fields are plain values; neither they nor the message hold secrets. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export type LogFields = Readonly<Record<string, unknown>>

/**
 * Creates the default logger, which masks secrets in what it is told: warnings and errors go to stderr, so that a bot without settings is never silent about
 * what went wrong; the rest goes to the `debug` namespace `dingware:<name>`, which costs nothing when off.
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
