import { ApiError, type DingTalkError, NetworkError, TimeoutError } from '@dingware/transport'
import { notMade, wasNotMade } from './not-made.ts'

/** Copies an error with a sentence appended to its message. Errors of other kinds are returned unchanged. */
export function withHint(error: unknown, hint: string): unknown {
  if (hint === '') return error
  const told = tell(error, hint)
  return wasNotMade(error) ? notMade(told) : told
}

function tell(error: unknown, hint: string): unknown {
  if (error instanceof ApiError) return new ApiError(`${error.message} ${hint}`, detailsOf(error))
  if (error instanceof TimeoutError) return new TimeoutError(`${error.message} ${hint}`, causeOf(error))
  return error instanceof NetworkError ? new NetworkError(`${error.message} ${hint}`, causeOf(error)) : error
}

function detailsOf(error: ApiError): ConstructorParameters<typeof ApiError>[1] {
  const { status, requestId, requiredScopes, retryAfter, call } = error
  return { status, requestId, requiredScopes, retryAfter, call, ...causeOf(error) }
}

function causeOf({ code, cause }: DingTalkError): { readonly code: string; readonly cause: unknown } {
  return { code, cause }
}
