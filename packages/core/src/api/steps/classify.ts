import { ApiError, NetworkError, TimeoutError } from '@dingware/transport'
import type { ApiCall } from '../api-call.ts'
import { wasNotMade } from './not-made.ts'

/**
 * What a failure says about another try (how-to-process-api-throttling-on-the-dingtalk-server, server-api-error-codes-1):
 * - `throttled`: refused before anything happened; later it may pass.
 * - `unsent`: never reached the platform.
 * - `unknown`: may have been done or not.
 * - `busy`: looks passing, and is usually a wrong setting: one more try.
 * - `final`: the same call will fail again.
 */
export type Failure = 'throttled' | 'unsent' | 'unknown' | 'busy' | 'final'

/** They look like throttling, but no wait of seconds helps: what a day, a month or a number of things allows is used up. */
const SPENT = /ApiCountLimit|(^|\.)(daily|monthly?|integrated)\.|\.num\.|quota|^90020$/i
/** What content review has refused never passes by repeating it. */
export const UNSAFE: RegExp = /unsafe|contain\.notAllowed|^43010[1-4]$/i
/** A 403 means a missing permission or throttling: the code decides, never the status. `request.too.tast` is no slip here. */
const THROTTLED =
  /Qp[sm]Limit|too[._]?(fast|tast|frequent|much)|too[._]?many[._]?(requests?|group|people)|flow[._]?control|(qp[sm]|request|query|rate)\.(over)?limit|(qp[sm]|limit)\.exceed|service[._]?busy|^throttling/i
/** 90001 to 90018 are the old API's: of a server, an organisation, an app, everybody; the rest are those of webhooks. */
const THROTTLED_CODES = /^(900(0[1-9]|1[0-8])|130101|410100|660026|HTTP_429)$/
/** Before the status 500 it is throttling, and not documented what it is from there on. */
const SYSTEM_BUSY = /^system\.?busy$/i
/** 500100 is the webhooks' `系统异常`, which comes with HTTP 200. */
const UNKNOWN = /^(unknown\.send\.result|system\.err(or)?|server\.error|service\.unavailable|-1|15|500100)$|time-?out$/i
/** The newer way to a token, which names the organisation in its path. */
export const CORP_TOKEN_PATH: RegExp = /^\/v1\.0\/oauth2\/[^/]+\/token\b/
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
export function classify(error: unknown, call: Pick<ApiCall, 'path'>): Failure {
  const failure = failureOf(error, call)
  return failure === 'unknown' && wasNotMade(error) ? 'unsent' : failure
}

function failureOf(error: unknown, { path }: Pick<ApiCall, 'path'>): Failure {
  if (error instanceof TimeoutError) return 'unknown'
  if (error instanceof NetworkError) return UNSENT.has(error.code) ? 'unsent' : 'unknown'
  if (!(error instanceof ApiError)) return 'final'
  const { code, status } = error
  if (SPENT.test(code) || UNSAFE.test(code)) return 'final'
  if (status === 429 || THROTTLED.test(code) || THROTTLED_CODES.test(code)) return 'throttled'
  if (SYSTEM_BUSY.test(code)) return status < 500 ? 'throttled' : 'unknown'
  if (isWrongSetting(path, code)) return 'busy'
  return UNKNOWN.test(code) || status >= 500 || status === 408 || status === 425 ? 'unknown' : 'final'
}

/**
 * `unknownError` is an outage by its status 500. On cards it stands for a wrong variable, a template that is no AI card, or a
 * missing permission; on `/v1.0/oauth2/{corpId}/token` for a corpId that does not exist (dingtalk skill, probe log).
 */
function isWrongSetting(path: string, code: string): boolean {
  return code === 'unknownError' && (path.startsWith('/v1.0/card/') || CORP_TOKEN_PATH.test(path))
}

/** Limits by the minute lift with the next one. */
export function isLimitedByMinute(error: unknown): boolean {
  return error instanceof ApiError && /QpmLimit/i.test(error.code)
}

/** Whether doing it twice is the same as doing it once. Sends of messages have no idempotency key, so they are not. */
export function isIdempotent({ method, path, base, idempotent }: ApiCall): boolean {
  if (idempotent !== undefined) return idempotent
  if (base === 'webhook') return false
  // Cards are told apart by their outTrackId, frames of a stream by their guid; a second token is as good as the first.
  return method === 'GET' || method === 'PUT' || /^\/v1\.0\/(card\/instances|oauth2\/(?!user))/.test(path)
}
