import { thrownFields, thrownText } from '../redact/thrown-text.ts'
import type { Logger } from './logger.ts'

/** Makes a listener that logs what was thrown by `what`: the beginning of a sentence, such as `A listener`. */
export function logThrown(logger: Logger, what: string): (error: unknown) => void {
  return error => logger.error(`${what} threw: ${thrownText(error)}`, thrownFields(error))
}
