import { ApiError, type DingTalkError, NetworkError, TimeoutError } from '@dingware/transport'
import type { ApiMiddleware } from '../api/api-call.ts'
import { classify, isIdempotent } from './classify.ts'

const HINT =
  ' It may have been done all the same, so it was not repeated: done twice, it would show twice. Look before you do it again.'

/**
 * Says so in the error of a call whose fate is unknown and that was therefore not repeated. Messages above all: their
 * APIs know no key by which the platform would recognise one that comes again.
 */
export const unknownOutcome: ApiMiddleware = async (call, next) => {
  try {
    return await next()
  } catch (error) {
    if (isIdempotent(call) || classify(error, call) !== 'unknown') throw error
    throw withHint(error)
  }
}

function withHint(error: unknown): unknown {
  if (error instanceof ApiError) return new ApiError(error.message + HINT, detailsOf(error))
  if (error instanceof TimeoutError) return new TimeoutError(error.message + HINT, causeOf(error))
  return error instanceof NetworkError ? new NetworkError(error.message + HINT, causeOf(error)) : error
}

function detailsOf(error: ApiError): ConstructorParameters<typeof ApiError>[1] {
  const { status, requestId, requiredScopes, retryAfter, call } = error
  return { status, requestId, requiredScopes, retryAfter, call, ...causeOf(error) }
}

function causeOf({ code, cause }: DingTalkError): { readonly code: string; readonly cause: unknown } {
  return { code, cause }
}
