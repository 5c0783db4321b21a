import { harmlessly, type LogFields, type Logger, redact, redactFields } from '@dingware/transport'

/**
 * Wraps a logger so that it gets no secrets, and so that its errors and rejections are dropped, since there is no place
 * to report them.
 */
export function safeLogger(logger: Logger): Logger {
  const safe =
    (level: keyof Logger) =>
    (message: string, fields?: LogFields): void =>
      // A full disk or a closed stream is no reason to stop handling updates.
      harmlessly(() => {
        // Untyped callers may pass anything.
        const text = redact(String(message))
        // `console` would print a missing argument as undefined.
        return fields ? logger[level](text, redactFields(fields)) : logger[level](text)
      })
  return { debug: safe('debug'), info: safe('info'), warn: safe('warn'), error: safe('error') }
}
