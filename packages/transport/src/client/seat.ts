import type { Link, LinkEnd } from '../link/link.ts'
import type { Backoff } from './backoff.ts'

export interface SeatOptions {
  readonly backoff: Backoff
  readonly signal: AbortSignal
  /** Waits so many milliseconds, less when there is a reason to hurry or the signal aborts. */
  readonly wait: (ms: number) => Promise<void>
  /** One attempt: gateway call and handshake. */
  readonly connect: (signal: AbortSignal) => Promise<Link>
  /**
   * An attempt failed; `delay` is what the backoff says.
   * @returns the milliseconds to wait before the next one.
   */
  readonly onFailure: (error: unknown, delay: number) => number
  readonly onOpen: (link: Link) => void
  /**
   * The link needs a replacement, after it lived for `ms`.
   * @returns the milliseconds to wait at least before the next attempt.
   */
  readonly onEnd: (link: Link, end: LinkEnd, ms: number) => Promise<number>
  /** The link has its replacement and may go once it owes nothing. */
  readonly retire: (link: Link) => void
}

/**
 * Keeps one connection alive until the signal aborts. There is one path for everything: after a drop, a refusal, the
 * platform's `disconnect` or a wish of our own, the same loop opens the next link, and only then retires the last one
 * (make before break).
 */
export async function keepSeat(seat: SeatOptions): Promise<void> {
  const { backoff, signal } = seat
  let last: Link | undefined
  let opened = false
  let delay = 0
  while (!signal.aborted) {
    const link = await attempt(seat, delay)
    if (typeof link === 'number') {
      delay = link
      continue
    }
    if (link === undefined) break
    if (signal.aborted) {
      await link.close()
      break
    }
    if (last) seat.retire(last)
    // What it took to get the first connection says nothing about how stable it is.
    if (!opened) backoff.reset()
    opened = true
    seat.onOpen(link)
    const since = performance.now()
    const end = await link.ended
    const lifetime = performance.now() - since
    backoff.lived(lifetime)
    last = link
    const floor = await seat.onEnd(link, end, lifetime)
    // A wish of our own is no failure: the old link is still good, and nothing needs to be spared.
    delay = Math.max(floor, end.reason === 'renew' ? 0 : backoff.next({ announced: end.reason === 'disconnect' }))
  }
  if (last) seat.retire(last)
}

/** One attempt after `delay`: the link, the delay before the next attempt, or nothing when the signal aborted. */
async function attempt(seat: SeatOptions, delay: number): Promise<Link | number | undefined> {
  const { signal } = seat
  await seat.wait(delay)
  if (signal.aborted) return undefined
  try {
    return await seat.connect(signal)
  } catch (error) {
    return signal.aborted ? undefined : seat.onFailure(error, seat.backoff.next())
  }
}
