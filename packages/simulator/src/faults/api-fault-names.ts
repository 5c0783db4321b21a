/**
 * - `qps`, `qpm`: throttled, HTTP 403 (old APIs: errcode 90018)
 * - `rateLimit`: throttled, HTTP 429 with a Retry-After header
 * - `quota`: the month's calls are used up, 403 (90020)
 * - `permission`: 403 with the scopes that are missing (88)
 * - `ipNotAllowed`: 403, the address is not on the app's list
 * - `tokenExpired`: 400 `InvalidAuthentication` (40014), and the token is really gone
 * - `webhookExpired`: errcode 300001, and the session is really gone
 * - `serverError`: 503 `system.busy`, or another `status`
 * - `html`: a proxy's error page, 502
 * - `empty`: 200 without a body
 * - `cut`: the connection ends without an answer
 * - `timeout`: never an answer, while the connection stays
 */
export const API_FAULTS = [
  'qps',
  'qpm',
  'rateLimit',
  'quota',
  'permission',
  'ipNotAllowed',
  'tokenExpired',
  'webhookExpired',
  'serverError',
  'html',
  'empty',
  'cut',
  'timeout',
] as const

export type ApiFaultName = (typeof API_FAULTS)[number]
