import { ApiError, type Failure as CallFailure, classify, DingTalkError } from '@dingware/core'

/**
 * What a failed card call says about another try (how-to-process-api-throttling-on-the-dingtalk-server):
 * - `throttled`: refused before anything happened.
 * - `temporary`: the network, or a server that is busy. Card calls may be repeated: they have an outTrackId or a guid.
 * - `permanent`: the same call will fail again.
 */
export type Failure = 'throttled' | 'temporary' | 'permanent'

const KINDS: Readonly<Record<CallFailure, Failure>> = {
  throttled: 'throttled',
  unsent: 'temporary',
  unknown: 'temporary',
  busy: 'permanent',
  final: 'permanent',
}

export function failureOf(error: unknown): Failure {
  // Too many wait for our own rate limit.
  if (DingTalkError.isInstance(error) && error.code === 'ERR_THROTTLE_FULL') return 'throttled'
  return KINDS[classify(error, { path: '/v1.0/card/' })]
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
