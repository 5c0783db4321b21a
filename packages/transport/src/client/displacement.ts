import type { LinkEnd } from '../link/link.ts'

/** A socket that is closed this soon after a sibling opened was probably closed because of it. Milliseconds. */
const SUSPICION_WINDOW = 5_000
const SIBLING_LIMIT = 2
const STRANGER_LIMIT = 3

/** What a closed socket tells about other connections of the same app. */
export type Verdict = 'none' | 'sibling' | 'stranger'

export interface DisplacementWatch {
  readonly opened: (seat: number) => void
  readonly ended: (seat: number, end: LinkEnd, lifetime: number) => Verdict
}

/**
 * Creates a judge of whether the platform lets a newer connection displace an older one. Its documents say that
 * connections share the pushes, some users report displacement; so both must be survived, and two clients must not
 * throw each other out for ever.
 *
 * - `sibling`: our own seats displace each other; one of them is enough.
 * - `stranger`: somebody else keeps taking the seat; let them have it for a while.
 */
export function createDisplacementWatch(stableAfter: number): DisplacementWatch {
  let lastOpened: { readonly seat: number; readonly at: number } | undefined
  let siblings = 0
  const politeCloses = new Map<number, number>()

  return {
    opened(seat) {
      lastOpened = { seat, at: performance.now() }
    },
    ended(seat, end, lifetime) {
      // Networks cut (1006); only somebody who decided so closes with a close frame.
      const asked = end.reason === 'closed' && end.code !== 1006
      if (!asked) {
        politeCloses.delete(seat)
        return 'none'
      }
      const bySibling =
        lastOpened !== undefined && lastOpened.seat !== seat && performance.now() - lastOpened.at < SUSPICION_WINDOW
      if (bySibling && ++siblings >= SIBLING_LIMIT) {
        siblings = 0
        return 'sibling'
      }
      const closes = lifetime < stableAfter ? (politeCloses.get(seat) ?? 0) + 1 : 0
      politeCloses.set(seat, closes)
      return closes >= STRANGER_LIMIT ? 'stranger' : 'none'
    },
  }
}
