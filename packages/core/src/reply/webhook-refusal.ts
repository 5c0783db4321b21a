import { ApiError } from '@dingware/transport'
import { classify } from '../outgoing/classify.ts'

/**
 * The session or the robot is gone, and no later call will pass. 300001 has several texts, all of which say that; 300005 is
 * what unknown tokens get today, 400101 what the page says (custom-robots-send-group-messages).
 */
export const DEAD_WEBHOOK: RegExp = /^(300001|300005|400101)$/
/** Kinds of messages that webhooks do not take. */
const UNSUPPORTED = '400105'

/** Whether a webhook will not pass anything any more. */
export function isDead(error: unknown): boolean {
  return error instanceof ApiError && DEAD_WEBHOOK.test(error.code)
}

/**
 * Whether a session webhook has surely sent nothing, and the robot APIs may: it is gone, had too many messages, or does not
 * take this kind. What content review refused they would not pass either.
 */
export function isReplaceable(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false
  return isDead(error) || error.code === UNSUPPORTED || classify(error, { path: '' }) === 'throttled'
}
