import { ApiError } from '@dingware/transport'
import { classify } from './classify.ts'

/**
 * The session or the robot is gone: 300005 is what unknown tokens get today, 400101 what the page says
 * (custom-robots-send-group-messages), 300001 what sessions and older robots get.
 */
const GONE = /^(300001|300005|400101)$/
/** What else 300001 was seen to mean, which only its text tells: a body that is wrong. */
const WRONG_BODY = /param(eter)?s? error|参数/i
/** Kinds of messages that webhooks do not take. */
const UNSUPPORTED = '400105'

/** Whether a webhook will not pass anything any more. */
export function isDead(error: unknown): boolean {
  return error instanceof ApiError && GONE.test(error.code) && !WRONG_BODY.test(error.message)
}

/**
 * Whether a session webhook has surely sent nothing, and the robot APIs may: it is gone, had too many messages, or does not
 * take this kind. What content review refused they would not pass either.
 */
export function isReplaceable(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false
  return GONE.test(error.code) || error.code === UNSUPPORTED || classify(error, { path: '' }) === 'throttled'
}
