import { setTimeout as sleep } from 'node:timers/promises'
import type { Link, LinkEnd } from '../link/link.ts'
import type { Backoff } from './backoff.ts'

export interface SeatOptions {
  readonly backoff: Backoff
  readonly signal: AbortSignal
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
   * @returns the milliseconds to wait at least before the next attempt, or `leave` to give up the seat.
   */
  readonly onEnd: (link: Link, end: LinkEnd, ms: number) => number | 'leave'
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
    const floor = seat.onEnd(link, end, lifetime)
    if (floor === 'leave') break
    delay = Math.max(floor, backoff.next())
  }
  if (last) seat.retire(last)
}

/** One attempt after `delay`: the link, the delay before the next attempt, or nothing when the signal aborted. */
async function attempt(seat: SeatOptions, delay: number): Promise<Link | number | undefined> {
  const { signal } = seat
  try {
    if (delay > 0) await sleep(delay, undefined, { signal })
    return await seat.connect(signal)
  } catch (error) {
    return signal.aborted ? undefined : seat.onFailure(error, seat.backoff.next())
  }
}
