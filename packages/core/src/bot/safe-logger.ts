import type { LogFields, Logger } from '@dingware/transport'

/** Makes a logger that harms nobody: what the given one throws or rejects with is dropped, for want of a place to tell. */
export function safeLogger(logger: Logger): Logger {
  const safe =
    (level: keyof Logger) =>
    (message: string, fields?: LogFields): void => {
      try {
        // `console` prints an argument that is not there as undefined.
        const result: unknown = fields ? logger[level](message, fields) : logger[level](message)
        if (result instanceof Promise) result.catch(() => {})
      } catch {
        // A full disk, a closed stream: no reason to stop handling updates.
      }
    }
  return { debug: safe('debug'), info: safe('info'), warn: safe('warn'), error: safe('error') }
}
