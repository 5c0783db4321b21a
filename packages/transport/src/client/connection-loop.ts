import type { Link, LinkEnd } from '../link/link.ts'
import type { Backoff } from './backoff.ts'

/** The parts of one connection loop. */
export interface ConnectionLoop {
  readonly backoff: Backoff
  readonly signal: AbortSignal
  /** Waits so many milliseconds, less when there is a reason to hurry or the signal aborts. */
  readonly wait: (ms: number) => Promise<void>
  /** Makes one attempt: gateway call and handshake. */
  readonly connect: (signal: AbortSignal) => Promise<Link>
  /**
   * Is told of a failed attempt; `delay` is the wait that the backoff asks for.
   * @returns the milliseconds to wait before the next one.
   */
  readonly onFailure: (error: unknown, delay: number) => number
  readonly onOpen: (link: Link) => void
  /**
   * Is told that the link needs a replacement, after it lived for `ms`.
   * @returns the milliseconds to wait at least before the next attempt.
   */
  readonly onEnd: (link: Link, end: LinkEnd, ms: number) => Promise<number>
  /** Lets go of a link that has its replacement, once none of its answers is pending. */
  readonly retire: (link: Link) => void
}

/**
 * Keeps one connection alive until the signal aborts. There is one path for everything: after a drop, a refusal, the
 * platform's `disconnect` or a wish of our own, the same loop opens the next link, and only then retires the last one
 * (make before break).
 */
export async function runConnectionLoop(loop: ConnectionLoop): Promise<void> {
  const { backoff, signal } = loop
  let last: Link | undefined
  let opened = false
  let delay = 0
  while (!signal.aborted) {
    const link = await attempt(loop, delay)
    if (typeof link === 'number') {
      delay = link
      continue
    }
    if (link === undefined) break
    if (signal.aborted) {
      await link.close()
      break
    }
    if (last) loop.retire(last)
    // The attempts before the first connection say nothing about how stable it is.
    if (!opened) backoff.reset()
    opened = true
    loop.onOpen(link)
    const since = performance.now()
    const end = await link.ended
    const lifetime = performance.now() - since
    backoff.lived(lifetime)
    last = link
    const floor = await loop.onEnd(link, end, lifetime)
    // A wish of our own is no failure: the old link is still good, and nothing needs to be spared.
    delay = Math.max(floor, end.reason === 'renew' ? 0 : backoff.next({ announced: end.reason === 'disconnect' }))
  }
  if (last) loop.retire(last)
}

/** Makes one attempt after `delay`: the link, the delay before the next attempt, or nothing when the signal aborted. */
async function attempt(loop: ConnectionLoop, delay: number): Promise<Link | number | undefined> {
  const { signal } = loop
  await loop.wait(delay)
  if (signal.aborted) return undefined
  try {
    return await loop.connect(signal)
  } catch (error) {
    return signal.aborted ? undefined : loop.onFailure(error, loop.backoff.next())
  }
}
