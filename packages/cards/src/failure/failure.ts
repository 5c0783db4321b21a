import { ApiError, DingTalkError, NetworkError, TimeoutError } from '@dingware/core'

/**
 * What a failed card call says about another try (how-to-process-api-throttling-on-the-dingtalk-server):
 * - `throttled`: refused before anything happened.
 * - `temporary`: the network, or a server that is busy. Card calls may be repeated: they have an outTrackId or a guid.
 * - `permanent`: the same call will fail again.
 */
export type Failure = 'throttled' | 'temporary' | 'permanent'

/** A 403 is a missing permission or throttling: the code decides, never the status. */
const THROTTLED =
  /Q[ps]{1,2}mLimit|QpsLimit|QpmLimit|too\.?fast|too\.frequent|overlimit|query\.limit|ERR_THROTTLE_FULL/i
const BUSY = /^(system\.?busy|system\.error|service\.unavailable|-1|15)$/i

export function failureOf(error: unknown): Failure {
  // An ApiError is never one of these; a NetworkError or TimeoutError has no answer to look at.
  if (error instanceof TimeoutError || error instanceof NetworkError) return 'temporary'
  if (DingTalkError.isInstance(error) && THROTTLED.test(error.code)) return 'throttled'
  if (!(error instanceof ApiError)) return 'permanent'
  if (error.status === 429) return 'throttled'
  // Looks like a fault of the server, and stands for a wrong variable, a template that is no AI card, or a missing permission.
  if (error.code === 'unknownError') return 'permanent'
  if (BUSY.test(error.code) || error.status >= 500 || error.status === 408 || error.status === 425) return 'temporary'
  return 'permanent'
}

/** Whether the next card will be refused for the same reason: a permission, a template. */
export function isLasting(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return (
    error.requiredScopes.length > 0 ||
    /PermissionDenied|unknownError|param\.template|IpNotInWhiteList/i.test(error.code)
  )
}

/** Why something failed, in one line for a log, with the permissions that are missing. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiError && error.requiredScopes.length > 0) {
    return `the app lacks the permission ${error.requiredScopes.join(', ')}; grant it in the developer console (https://open-dev.dingtalk.com)`
  }
  if (error instanceof ApiError && error.code === 'unknownError') {
    return `${error.message} On a card that stands for a template that does not exist or is no AI card, a variable that does not stream, or the missing permission Card.Streaming.Write`
  }
  return error instanceof Error ? error.message : String(error)
}
