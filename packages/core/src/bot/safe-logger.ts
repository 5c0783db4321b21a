import { harmlessly, type LogFields, type Logger, redact, redactFields } from '@dingware/transport'

/**
 * Makes a logger that harms nobody: the given one is told no secrets, and what it throws or rejects with is dropped, for
 * want of a place to tell.
 */
export function safeLogger(logger: Logger): Logger {
  const safe =
    (level: keyof Logger) =>
    (message: string, fields?: LogFields): void =>
      // A full disk, a closed stream: no reason to stop handling updates.
      harmlessly(() => {
        // Programs without types hand in anything.
        const text = redact(String(message))
        // `console` prints an argument that is not there as undefined.
        return fields ? logger[level](text, redactFields(fields)) : logger[level](text)
      })
  return { debug: safe('debug'), info: safe('info'), warn: safe('warn'), error: safe('error') }
}
