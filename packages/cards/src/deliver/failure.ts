import { ApiError, DingTalkError } from '@dingware/core'
import { type Failure as CallFailure, classify } from '@dingware/core/plugin'
import { messageOf } from '@dingware/transport'

/**
 * The prospects of another try after a card call has failed (how-to-process-api-throttling-on-the-dingtalk-server):
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
  if (isReview(error)) return 'permanent'
  return KINDS[classify(error, { path: '/v1.0/card/' })]
}

/**
 * `param.contentUnsafe` of the card APIs (create-and-deliver-cards, update-card, api-streamingupdate), `checkFailed` of the old
 * ones, and 430101 to 430104 of the webhooks (custom-robots-send-group-messages): a link, a text, a picture, content.
 */
const REVIEW = /content\.?unsafe|content\.?check\.?failed|^43010[1-4]$/i

/** Whether the review of contents refused: the same text never passes. */
export function isReview(error: unknown): error is ApiError {
  return error instanceof ApiError && REVIEW.test(error.code)
}

/** The platform knows no such card: `param.cardNotExist` of updates, `param.stream.outTrackId` of frames. */
const GONE = /cardNotExist|stream\.outTrackId$/

export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && GONE.test(String(error.code))
}

/** Whether there is none of the people that a message was for: a refusal in place of a list of them (eight public reports). */
export function isNobody(error: unknown): boolean {
  return error instanceof ApiError && /^staffId\.notExist/i.test(error.code)
}

/** Said of a key that the template does not stream, and of one frame alone (`invalid.content`, "card streaming key invalid"). */
const KEY = /^invalid\.content$|stream\.key/i

/** Whether the variable that streams may be the wrong one. */
export function isKeyRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status < 500 && KEY.test(error.code)
}

/** Whether a frame was refused for what it says: the next one says something else. */
export function isOfOneFrame(error: unknown): boolean {
  return error instanceof ApiError && error.status === 400 && !isLasting(error) && !isReview(error) && !isGone(error)
}

/** Whether the next card will be refused for the same reason: a permission, a template. */
export function isLasting(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return (
    error.requiredScopes.length > 0 ||
    /PermissionDenied|unknownError|param\.template|IpNotInWhiteList/i.test(error.code)
  )
}

/** The reason of a failure, in one line for a log, with the permissions that are missing. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiError && error.requiredScopes.length > 0) {
    return `the app lacks the permission ${error.requiredScopes.join(', ')}; grant it in the developer console (https://open-dev.dingtalk.com)`
  }
  if (error instanceof ApiError && error.code === 'unknownError') {
    return `${error.message} On a card that stands for a template that does not exist or is no AI card, a variable that does not stream, or the missing permission Card.Streaming.Write`
  }
  if (isReview(error)) {
    return `${error.message} The platform's review of contents did not let it pass, and never lets the same text pass`
  }
  return messageOf(error)
}
