import { DingTalkError, GatewayError } from '../errors/errors.ts'
import type { Logger } from '../log/logger.ts'
import { redact } from '../redact/redact.ts'
import { messageOf } from '../redact/thrown-text.ts'

/** Answers `systemError` in a row that are taken for a wrong setting: usually it means one, but not always. */
const SYSTEM_ERROR_LIMIT = 3
/**
 * The longest wait after a refusal, or that a gateway may ask for, as a multiple of the longest step of the backoff.
 */
const MAX_WAIT_IN_CAPS = 10

/** Decision about a failed attempt: give up, or wait so many milliseconds. */
export type Decision = { readonly fatal: unknown } | { readonly delay: number }

/** Policy of one session. */
export interface FailurePolicy {
  /** Decides about a failed attempt, and logs it; `delay` is the wait that the backoff asks for. */
  readonly failed: (error: unknown, delay: number) => Decision
  /** Notes that a connection was opened: from now on nothing is fatal. */
  readonly succeeded: () => void
}

/**
 * Decides what follows a failed attempt to connect. Before the first success a wrong setting is fatal; afterwards
 * nothing is, but a credential that stops working (secret changed, app disabled) is tried rarely: after `cap`
 * milliseconds, which is the longest step of the backoff, then at twice the distance each time, up to ten times `cap`.
 */
export function createFailurePolicy(logger: Logger, cap: number): FailurePolicy {
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

  const delayAfter = (error: unknown, delay: number): number => {
    if (!(error instanceof GatewayError)) return delay
    // Both are bounded: Node fires a timer of more than 24 days at once.
    if (error.fatal) return Math.min(cap * MAX_WAIT_IN_CAPS, cap * 2 ** refusals++)
    return Math.max(delay, Math.min(cap * MAX_WAIT_IN_CAPS, error.retryAfter ?? 0))
  }

  return {
    failed(error, delay) {
      if (isFatal(error) && !everOnline) return { fatal: error }
      const wait = delayAfter(error, delay)
      const message = redact(messageOf(error))
      const fields = { retryInMs: Math.round(wait) }
      const refused = error instanceof GatewayError && error.fatal
      if (refused) logger.error(`The bot cannot connect any more until this is put right. ${message}`, fields)
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
