import type { Logger } from '@dingware/transport'
import { thrownFields, thrownText } from './thrown-text.ts'

/**
 * Runs a callback of the user that nobody awaits. Whatever it throws or rejects with is logged as an error, and goes no
 * further.
 */
export function harmlessly(logger: Logger, what: string, call: () => unknown): void {
  const report = (error: unknown): void => logger.error(`${what} threw: ${thrownText(error)}`, thrownFields(error))
  try {
    const result = call()
    if (result instanceof Promise) result.catch(report)
  } catch (error) {
    report(error)
  }
}
