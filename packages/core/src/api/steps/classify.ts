import { ApiError, NetworkError, TimeoutError } from '@dingware/transport'
import type { ApiCall } from '../api-call.ts'
import { wasNotMade } from './not-made.ts'

/**
 * Class of a failed call, by what it says about another try (how-to-process-api-throttling-on-the-dingtalk-server,
 * server-api-error-codes-1):
 * - `throttled`: refused before anything was executed; may pass later.
 * - `unsent`: never reached the platform.
 * - `unknown`: may have been executed or not.
 * - `busy`: looks like an outage, and is usually a wrong setting: one more try.
 * - `final`: the same call will fail again.
 */
export type Failure = 'throttled' | 'unsent' | 'unknown' | 'busy' | 'final'

/**
 * Codes that look like throttling, but where waiting for seconds does not help: a quota by day, month or number is used
 * up.
 */
const SPENT = /ApiCountLimit|(^|\.)(daily|monthly?|integrated)\.|\.num\.|quota|^90020$/i
/** Codes of content review, which refuses the same content each time. */
export const UNSAFE: RegExp = /unsafe|contain\.notAllowed|^43010[1-4]$/i
/**
 * Codes of throttling. A 403 means a missing permission or throttling: the code decides, never the status.
 * `request.too.tast` is the platform's spelling.
 */
const THROTTLED =
  /Qp[sm]Limit|too[._]?(fast|tast|frequent|much)|too[._]?many[._]?(requests?|group|people)|flow[._]?control|(qp[sm]|request|query|rate)\.(over)?limit|(qp[sm]|limit)\.exceed|service[._]?busy|^throttling/i
/** 90001 to 90018 are the old API's, by server, organisation, app and in total; the others are those of webhooks. */
const THROTTLED_CODES = /^(900(0[1-9]|1[0-8])|130101|410100|660026|HTTP_429)$/
/** With a status below 500 it is throttling; from 500 on its meaning is not documented. */
const SYSTEM_BUSY = /^system\.?busy$/i
/** 500100 is the webhooks' `系统异常`, which comes with HTTP 200. */
const UNKNOWN = /^(unknown\.send\.result|system\.err(or)?|server\.error|service\.unavailable|-1|15|500100)$|time-?out$/i
/** Path of the newer token API, which contains the corpId. */
export const CORP_TOKEN_PATH: RegExp = /^\/v1\.0\/oauth2\/[^/]+\/token\b/
/** Codes of connections that were not established, so nothing was sent. */
const UNSENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * Classifies a failed API call by whether trying again is safe and makes sense. For retry middleware of your own.
 *
 * @example
 * bot.api.use(async (call, next) => {
 *   try { return await next() } catch (error) {
 *     metrics.count(`dingtalk.${classify(error, call)}`)
 *     throw error
 *   }
 * })
 */
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
 * True for an `unknownError` that stands for a wrong setting: an outage by its status 500, it is seen on cards for a
 * wrong variable, a template that is no AI card, or a missing permission; on `/v1.0/oauth2/{corpId}/token` for a corpId
 * that does not exist (dingtalk skill, probe log).
 */
function isWrongSetting(path: string, code: string): boolean {
  return code === 'unknownError' && (path.startsWith('/v1.0/card/') || CORP_TOKEN_PATH.test(path))
}

/** True for a limit per minute, which ends with the minute. */
export function isLimitedByMinute(error: unknown): boolean {
  return error instanceof ApiError && /QpmLimit/i.test(error.code)
}

/**
 * True if executing a call twice has the same effect as once. Sending messages has no idempotency key, so it does not.
 */
export function isIdempotent({ method, path, base, idempotent }: ApiCall): boolean {
  if (idempotent !== undefined) return idempotent
  if (base === 'webhook') return false
  // Cards are identified by their outTrackId, frames of a stream by their guid; and a second token is as good as the
  // first.
  return method === 'GET' || method === 'PUT' || /^\/v1\.0\/(card\/instances|oauth2\/(?!user))/.test(path)
}
