import { DingTalkError } from '@dingware/transport'
import type { SentMessage } from './sent-message.ts'

/** Some of the people that a message was for do not have it, or may not have it. The others have. */
export interface SendErrorDetails {
  /** userIds that there are not, or that lie outside the app's visible range (`invalidStaffIdList`). */
  readonly invalid: readonly string[]
  /** userIds for whom the platform filtered the message out (`filteredStaffIdList`), which it does not explain. */
  readonly filtered: readonly string[]
  /** userIds that got too many messages lately (`flowControlledStaffIdList`). */
  readonly throttled: readonly string[]
  /** userIds that nothing was sent to, because a call before theirs failed. */
  readonly unsent: readonly string[]
  /** userIds of the call whose answer got lost: they may have it. */
  readonly unknown: readonly string[]
  /** The message as the others have it. */
  readonly sent: SentMessage
  readonly cause?: unknown
}

/**
 * A message did not reach everybody. Send it to `missed`, and not to all again.
 *
 * @example
 * bot.api.send({ users }, text).catch(error => {
 *   if (error instanceof SendError) retryLater(error.throttled)
 * })
 */
export class SendError extends DingTalkError {
  readonly invalid: readonly string[]
  readonly filtered: readonly string[]
  readonly throttled: readonly string[]
  readonly unsent: readonly string[]
  readonly unknown: readonly string[]
  declare readonly sent: SentMessage

  constructor(total: number, details: SendErrorDetails) {
    super(messageOf(total, details), { code: 'ERR_NOT_REACHED', cause: details.cause })
    this.invalid = details.invalid
    this.filtered = details.filtered
    this.throttled = details.throttled
    this.unsent = details.unsent
    this.unknown = details.unknown
    // Has functions, which do not print.
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
  // They come from the platform's answer, and errors are logged.
  const names = userIds.slice(0, SHOWN).map(id => JSON.stringify(id).slice(1, -1))
  return `${names.join(', ')}${more}: ${why}`
}
