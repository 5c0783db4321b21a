import type { Logger } from '../log/logger.ts'
import { redact } from '../redact/redact.ts'

/**
 * Calls code of the user, which may be an async function although its type says otherwise. What it throws or rejects
 * with is logged and told to `onError`; it harms neither the socket nor the process.
 */
export function callUserCode(logger: Logger, what: string, call: () => unknown, onError = (): void => {}): void {
  const report = (error: unknown): void => {
    logger.error(`${what} threw.`, { error: redact(error instanceof Error ? error.message : String(error)) })
    onError()
  }
  try {
    const result = call()
    if (result instanceof Promise) result.catch(report)
  } catch (error) {
    report(error)
  }
}
