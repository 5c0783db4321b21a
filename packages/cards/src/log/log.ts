import type { Context } from '@dingware/core'
import createDebug from 'debug'

/** Where messages about cards go. */
export type Logger = Context['log']

type Fields = Parameters<Logger['warn']>[1]

/** Creates the logger of what runs without an update: warnings and errors go to stderr, the rest to `dingware:cards`. */
export function cardsLogger(): Logger {
  const debug = createDebug('dingware:cards')
  const trace = (message: string, fields?: Fields): void => debug('%s %o', message, fields ?? {})
  const print =
    (level: string) =>
    (message: string, fields?: Fields): void => {
      const more = fields ? ` ${JSON.stringify(fields)}` : ''
      process.stderr.write(`${new Date().toISOString()} dingware:cards ${level} ${message}${more}\n`)
    }
  return { debug: trace, info: trace, warn: print('WARN'), error: print('ERROR') }
}
