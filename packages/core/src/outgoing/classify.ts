import { ApiError, NetworkError, TimeoutError } from '@dingware/transport'
import type { ApiCall } from '../api/api-call.ts'

/**
 * What a failure says about another try (how-to-process-api-throttling-on-the-dingtalk-server, server-api-error-codes-1):
 * - `throttled`: refused before anything happened; later it may pass.
 * - `unsent`: never reached the platform.
 * - `unknown`: may have been done or not.
 * - `busy`: looks passing, and is usually a wrong setting: one more try.
 * - `final`: the same call will fail again.
 */
export type Failure = 'throttled' | 'unsent' | 'unknown' | 'busy' | 'final'

/**
 * A 403 means a missing permission or throttling: the code decides, never the status. The monthly quota
 * (`ApiCountLimitForOrg`) is not among these: waiting does not help.
 */
const THROTTLED = /Qp[sm]Limit|too\.?fast|too\.frequent|too\.many\.(group|people)|overlimit|limit\.exceed|query\.limit/i
const THROTTLED_CODES: ReadonlySet<string> = new Set(['90002', '90018', '130101', '410100', 'HTTP_429'])
const BUSY = /^(unknown\.send\.result|system\.?busy|system\.error|service\.unavailable|-1|15)$/i
/** The connection was not there, so nothing was sent over it. */
const UNSENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What may be said about another try of a failed call. */
export function classify(error: unknown, { path }: Pick<ApiCall, 'path'>): Failure {
  if (error instanceof TimeoutError) return 'unknown'
  if (error instanceof NetworkError) return UNSENT.has(error.code) ? 'unsent' : 'unknown'
  if (!(error instanceof ApiError)) return 'final'
  if (error.status === 429 || THROTTLED.test(error.code) || THROTTLED_CODES.has(error.code)) return 'throttled'
  // On cards it stands for a wrong variable, a template that is no AI card, or a missing permission.
  if (path.startsWith('/v1.0/card/') && error.code === 'unknownError') return 'busy'
  if (BUSY.test(error.code) || error.status >= 500 || error.status === 408 || error.status === 425) return 'unknown'
  return 'final'
}

/** Limits by the minute lift with the next one. */
export function isLimitedByMinute(error: unknown): boolean {
  return error instanceof ApiError && /QpmLimit/i.test(error.code)
}

/** Whether doing it twice is the same as doing it once. Sends of messages have no idempotency key, so they are not. */
export function isIdempotent({ method, path, base, idempotent }: ApiCall): boolean {
  if (idempotent !== undefined) return idempotent
  // Cards are told apart by their outTrackId, frames of a stream by their guid.
  return base !== 'webhook' && (method === 'GET' || method === 'PUT' || path.startsWith('/v1.0/card/instances'))
}
