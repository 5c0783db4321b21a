import { DingTalkError } from '@dingware/transport'
import type { SentMessage } from './sent-message.ts'

/** People that a message did not reach, by reason. All others have it. */
export interface SendErrorDetails {
  /** userIds that do not exist, or are outside the app's visible range (`invalidStaffIdList`). */
  readonly invalid: readonly string[]
  /** userIds for whom the platform filtered the message out (`filteredStaffIdList`), without giving a reason. */
  readonly filtered: readonly string[]
  /** userIds that got too many messages lately (`flowControlledStaffIdList`). */
  readonly throttled: readonly string[]
  /** userIds to whom nothing was sent, because a call before theirs failed. */
  readonly unsent: readonly string[]
  /** userIds of a call whose answer was lost: they may have the message. */
  readonly unknown: readonly string[]
  /** Handle of the message for those who got it. */
  readonly sent: SentMessage
  readonly cause?: unknown
}

/**
 * Thrown by `api.send` when a message did not reach everybody (code `ERR_NOT_REACHED`). To try again, send it to
 * `missed`, not to everybody.
 *
 * @example
 * bot.api.send({ users }, text).catch(error => {
 *   if (error instanceof SendError) retryLater(error.throttled)
 * })
 */
export class SendError extends DingTalkError {
  /** userIds that do not exist, or are outside the app's visible range. */
  readonly invalid: readonly string[]
  /** userIds for whom the platform filtered the message out, without giving a reason. */
  readonly filtered: readonly string[]
  /** userIds that got too many messages lately. */
  readonly throttled: readonly string[]
  /** userIds to whom nothing was sent, because a call before theirs failed. */
  readonly unsent: readonly string[]
  /** userIds of a call whose answer was lost: they may have the message. */
  readonly unknown: readonly string[]
  /** Handle of the message for those who got it: it can be recalled. */
  declare readonly sent: SentMessage

  constructor(total: number, details: SendErrorDetails) {
    super(messageOf(total, details), { code: 'ERR_NOT_REACHED', cause: details.cause })
    this.invalid = details.invalid
    this.filtered = details.filtered
    this.throttled = details.throttled
    this.unsent = details.unsent
    this.unknown = details.unknown
    // Not enumerable: it has methods, which are noise in a log.
    Object.defineProperty(this, 'sent', { value: details.sent })
  }

  /** All userIds that surely do not have the message. */
  get missed(): readonly string[] {
    return [...new Set([...this.invalid, ...this.filtered, ...this.throttled, ...this.unsent])]
  }
}

function messageOf(total: number, details: SendErrorDetails): string {
  const { invalid, filtered, throttled, unsent, unknown, cause } = details
  const missed = new Set([...invalid, ...filtered, ...throttled, ...unsent, ...unknown]).size
  const reasons = [
    reason(invalid, "no such userId, or not in the app's visible range"),
    reason(filtered, 'the platform filtered it out for them, check whom the app may write to'),
    reason(throttled, 'too many messages lately, try later'),
    reason(unsent, 'nothing was sent to them, because a call before theirs failed'),
    reason(unknown, 'may have it, because the answer got lost; nothing was repeated'),
  ].filter(text => text !== '')
  const why = cause instanceof Error ? ` ${cause.message}` : ''
  const others = missed < total ? ' The others have it: do not send it to all again.' : ''
  return `The message did not reach ${missed} of ${total} people (${reasons.join('; ')}).${others}${why}`
}

const SHOWN = 10

function reason(userIds: readonly string[], why: string): string {
  if (userIds.length === 0) return ''
  const more = userIds.length > SHOWN ? ` and ${userIds.length - SHOWN} more` : ''
  // The ids come from the platform's answer, and errors are logged.
  const names = userIds.slice(0, SHOWN).map(id => JSON.stringify(id).slice(1, -1))
  return `${names.join(', ')}${more}: ${why}`
}
