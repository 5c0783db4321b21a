import { ApiError, checkOptions, type Rules, rule } from '@dingware/transport'
import { sleep } from '../../utils/sleep.ts'
import type { ApiCall, ApiMiddleware } from '../api-call.ts'
import { classify, isIdempotent, isLimitedByMinute } from './classify.ts'

/** Options of {@link autoRetry}. */
export interface AutoRetryOptions {
  /** Maximum number of retries after the first try. Default 3. */
  readonly maxRetries?: number | undefined
  /** First delay in milliseconds; it doubles with each retry, with jitter. Default 500. */
  readonly base?: number | undefined
  /**
   * Longest acceptable delay in milliseconds; if the platform asks for more, the call fails at once. Default 60,000.
   */
  readonly maxDelay?: number | undefined
  /** Random number generator from 0 to 1, for tests. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

/** Rules for {@link checkOptions}. */
export const RETRY_RULES: Rules<AutoRetryOptions> = {
  maxRetries: rule.limit(0),
  base: rule.span,
  maxDelay: rule.span,
  random: rule.callback,
}

/** Minimum delay after throttling, which works by the second. */
const THROTTLE_DELAY = 1_000

/**
 * Creates outgoing middleware that retries failed calls where that is safe: calls that were surely not executed
 * (throttled, never sent), and calls that may be executed twice (GET, PUT, cards). A message whose outcome is unknown
 * is not sent again.
 *
 * Bots have it built in: `createBot({ autoRetry: { maxRetries: 5 } })` adjusts it, `false` removes it. Do not add it a
 * second time with `api.use`.
 *
 * @throws TypeError for an invalid option
 * @example
 * const bot = createBot({ autoRetry: false })
 * bot.api.use(autoRetry({ maxRetries: 1 }))
 */
export function autoRetry(options: AutoRetryOptions = {}): ApiMiddleware {
  checkOptions<AutoRetryOptions>('autoRetry', options, RETRY_RULES)
  const { maxRetries = 3, base = 500, maxDelay = 60_000, random = Math.random } = options

  const delayBefore = (retry: number, error: unknown, call: ApiCall): number | undefined => {
    const failure = classify(error, call)
    if (failure === 'final') return undefined
    // A throttled session webhook stays so for minutes, and there is another way to send.
    if (failure === 'throttled' && call.base === 'webhook') return undefined
    if (failure === 'busy') return retry > 1 ? undefined : base
    if (failure === 'unknown' && !isIdempotent(call)) return undefined
    const asked = error instanceof ApiError ? error.retryAfter : undefined
    if (asked !== undefined) return asked
    if (isLimitedByMinute(error)) return 60_000 - (Date.now() % 60_000)
    const step = failure === 'throttled' ? Math.max(THROTTLE_DELAY, base) : base
    return step * 2 ** (retry - 1) * (1 + random())
  }

  return async function autoRetry(call, next) {
    for (let retry = 1; ; retry++) {
      try {
        return await next()
      } catch (error) {
        const delay = retry > maxRetries ? undefined : delayBefore(retry, error, call)
        if (delay === undefined || delay > maxDelay) throw error
        await sleep(delay, call.signal)
      }
    }
  }
}
