import type { ApiMiddleware } from '../api-call.ts'
import { classify, isIdempotent } from './classify.ts'
import { withHint } from './hint.ts'

const HINT =
  'It may have been done all the same, so it was not repeated: done twice, it would show twice. Look before you do it again.'

/**
 * Step that tells so in the error of a call whose outcome is unknown and that was not repeated for this reason: above
 * all messages, whose APIs have no idempotency key.
 */
export const unknownOutcome: ApiMiddleware = async (call, next) => {
  try {
    return await next()
  } catch (error) {
    throw withHint(error, isIdempotent(call) || classify(error, call) !== 'unknown' ? '' : HINT)
  }
}
