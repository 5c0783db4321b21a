import createDebug from 'debug'

/** Where messages about the running bot go. Fields are plain values; neither they nor the message hold secrets. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export type LogFields = Readonly<Record<string, unknown>>

/**
 * Creates the default logger: warnings and errors go to stderr, so that a bot without settings is never silent about
 * what went wrong; the rest goes to the `debug` namespace `dingware:<name>`, which costs nothing when off.
 */
export function createLogger(name: string): Logger {
  const debug = createDebug(`dingware:${name}`)
  const print =
    (level: string) =>
    (message: string, fields?: LogFields): void => {
      process.stderr.write(`${new Date().toISOString()} dingware:${name} ${level} ${message}${formatFields(fields)}\n`)
    }
  const trace = (message: string, fields?: LogFields): void => {
    if (debug.enabled) debug('%s%s', message, formatFields(fields))
  }
  return { debug: trace, info: trace, warn: print('WARN'), error: print('ERROR') }
}

/** In one line, but for the frames of a stack, which stand below. */
function formatFields({ stack, ...fields }: LogFields = {}): string {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return `${entries.map(([key, value]) => ` ${key}=${textOf(value)}`).join('')}${stack ? `\n${textOf(stack)}` : ''}`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
