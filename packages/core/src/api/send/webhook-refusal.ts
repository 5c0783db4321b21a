import { ApiError } from '@dingware/transport'
import { classify } from '../steps/classify.ts'

/**
 * Codes for a session or robot that is gone: 300005 is what unknown tokens get today, 400101 what the page says
 * (custom-robots-send-group-messages), 300001 what sessions and older robots get.
 */
const GONE = /^(300001|300005|400101)$/
/** Other meaning of 300001, recognisable by its text only: a wrong body. */
const WRONG_BODY = /param(eter)?s? error|参数/i
/** Code for message types that webhooks do not take. */
const UNSUPPORTED = '400105'

/** True if a webhook will accept nothing any more. */
export function isDead(error: unknown): boolean {
  return error instanceof ApiError && GONE.test(error.code) && !WRONG_BODY.test(error.message)
}

/**
 * True if a session webhook has surely sent nothing, and the robot APIs may succeed: it is gone, had too many messages,
 * or does not take this type. Content that failed the review would fail there, too.
 */
export function isReplaceable(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false
  return GONE.test(error.code) || error.code === UNSUPPORTED || classify(error, { path: '' }) === 'throttled'
}
