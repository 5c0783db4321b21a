import { DingTalkError, GatewayError } from '../errors/errors.ts'
import type { Logger } from '../log/logger.ts'
import { redact } from '../redact/redact.ts'

/** `systemError` usually means a wrong setting, but not always: so many in a row are believed. */
const SYSTEM_ERROR_LIMIT = 3
/** A credential that stops working once the bot was online (secret changed, app disabled) is tried this rarely. */
const REFUSED_DELAY = 30_000
const REFUSED_CAP = 300_000

/** What to do about a failed attempt: give up, or wait so many milliseconds. */
export type Decision = { readonly fatal: unknown } | { readonly delay: number }

export interface FailurePolicy {
  readonly failed: (error: unknown, delay: number) => Decision
  /** A connection was opened: from now on nothing is fatal. */
  readonly succeeded: () => void
}

/** Creates the judge of failed attempts. Before the first success a wrong setting is fatal; afterwards nothing is. */
export function createFailurePolicy(logger: Logger): FailurePolicy {
  let everOnline = false
  let systemErrors = 0
  let refusals = 0

  const isFatal = (error: unknown): boolean => {
    // Not an error of the gateway, the network or the handshake: a mistake in the options, for example.
    if (!DingTalkError.isInstance(error)) return true
    if (!(error instanceof GatewayError)) return false
    systemErrors = error.code === 'systemError' ? systemErrors + 1 : 0
    return error.fatal || systemErrors >= SYSTEM_ERROR_LIMIT
  }

  return {
    failed(error, delay) {
      if (isFatal(error) && !everOnline) return { fatal: error }
      const refused = error instanceof GatewayError && error.fatal
      const wait = refused
        ? Math.min(REFUSED_CAP, REFUSED_DELAY * 2 ** refusals++)
        : Math.max(delay, retryAfterOf(error))
      const message = redact(error instanceof Error ? error.message : String(error))
      const fields = { retryInMs: Math.round(wait) }
      if (refused) logger.error(`The bot is offline and cannot come back by itself. ${message}`, fields)
      else logger.warn(`A connection attempt failed. ${message}`, fields)
      return { delay: wait }
    },
    succeeded() {
      everOnline = true
      systemErrors = 0
      refusals = 0
    },
  }
}

function retryAfterOf(error: unknown): number {
  return error instanceof GatewayError ? (error.retryAfter ?? 0) : 0
}
