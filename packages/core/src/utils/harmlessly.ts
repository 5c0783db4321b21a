import type { Logger } from '@dingware/transport'
import { thrownFields, thrownText } from './thrown-text.ts'

/** Calls code of the user that nobody waits for: what it throws or rejects with is logged, and harms nothing else. */
export function harmlessly(logger: Logger, what: string, call: () => unknown): void {
  const report = (error: unknown): void => logger.error(`${what} threw: ${thrownText(error)}`, thrownFields(error))
  try {
    const result = call()
    if (result instanceof Promise) result.catch(report)
  } catch (error) {
    report(error)
  }
}
