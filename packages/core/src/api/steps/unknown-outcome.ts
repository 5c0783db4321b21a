import type { ApiMiddleware } from '../api-call.ts'
import { classify, isIdempotent } from './classify.ts'
import { withHint } from './hint.ts'

const HINT =
  'It may have been done all the same, so it was not repeated: done twice, it would show twice. Look before you do it again.'

/**
 * Says so in the error of a call whose fate is unknown and that was therefore not repeated. Messages above all: their
 * APIs know no key by which the platform would recognise one that comes again.
 */
export const unknownOutcome: ApiMiddleware = async (call, next) => {
  try {
    return await next()
  } catch (error) {
    throw withHint(error, isIdempotent(call) || classify(error, call) !== 'unknown' ? '' : HINT)
  }
}
