import { type LogFields, type Logger, redact, redactFields } from '@dingware/transport'

/**
 * Wraps a logger so that it gets no secrets, and so that its errors and rejections are dropped, since there is no place
 * to report them.
 */
export function safeLogger(logger: Logger): Logger {
  const safe =
    (level: keyof Logger) =>
    (message: string, fields?: LogFields): void => {
      try {
        // Untyped callers may pass anything.
        const text = redact(String(message))
        // `console` would print a missing argument as undefined.
        const result: unknown = fields ? logger[level](text, redactFields(fields)) : logger[level](text)
        if (result instanceof Promise) result.catch(() => {})
      } catch {
        // A full disk or a closed stream is no reason to stop handling updates.
      }
    }
  return { debug: safe('debug'), info: safe('info'), warn: safe('warn'), error: safe('error') }
}
