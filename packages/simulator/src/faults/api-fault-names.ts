/** The names of {@link ApiFaultName}, as a list. */
export const API_FAULTS = [
  'qps',
  'qpm',
  'qpsOfAll',
  'rateLimit',
  'ipBanned',
  'quota',
  'permission',
  'ipNotAllowed',
  'tokenMissing',
  'tokenExpired',
  'wrongRealm',
  'webhookExpired',
  'robotUnknown',
  'robotStopped',
  'contentUnsafe',
  'systemError',
  'unknownError',
  'serverError',
  'html',
  'empty',
  'cut',
  'timeout',
] as const

/**
 * The name of a fault of API calls: it stands for the answer that the platform gives in that situation.
 * - `qps`, `qpm`: throttled, HTTP 403 without a word on when to return (old APIs: 90018, 90002; webhooks: 660026)
 * - `qpsOfAll`: the same for all apps together (old APIs: 90002)
 * - `rateLimit`: throttled, HTTP 429; with a Retry-After header where `retryAfter` is given, which was never seen
 * - `ipBanned`: too much from one address, the ban page of the front: HTTP 200 with `status: 1111`
 * - `quota`: the month's calls are used up, 403 (90020)
 * - `permission`: 403 with the scopes that are missing (60011)
 * - `ipNotAllowed`: 403, the address is not on the app's list (60020)
 * - `tokenMissing`: 400 `AuthenticationFailed.MissingParameter` (40000)
 * - `tokenExpired`: 400 `InvalidAuthentication` (40014), and the token is really gone
 * - `wrongRealm`: 400 `invalid_client`, as of an app of another realm of hosts (dingtalk.io)
 * - `webhookExpired`: errcode 300001, and the session is really gone
 * - `robotUnknown`: errcode 300001 in its other meaning, the robot of a webhook is gone
 * - `robotStopped`: errcode 400102, the robot of a webhook is switched off
 * - `contentUnsafe`: refused by content review, 400 `param.contentUnsafe` (webhooks: 430102)
 * - `systemError`: 400 `system.error`: by its code a failure of the platform (webhooks: errcode 500100)
 * - `unknownError`: 500 `unknownError`
 * - `serverError`: 503 `system.busy`, or another `status`
 * - `html`: a proxy's error page, 502, or another `status`
 * - `empty`: 200 without a body
 * - `cut`: the connection ends without an answer
 * - `timeout`: never an answer, while the connection stays
 *
 * @example
 * sim.faults.api({ fault: 'tokenExpired' }) // the bot has to ask for a new token
 */
export type ApiFaultName = (typeof API_FAULTS)[number]
