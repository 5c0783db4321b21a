import type { Link, LinkEnd } from '../link/link.ts'

/** A socket that is closed this soon after a sibling opened was probably closed because of it. Milliseconds. */
const SUSPICION_WINDOW = 5_000
/** Suspicions further apart than this have nothing to do with each other. Milliseconds. */
const MEMORY = 60_000
const SIBLING_LIMIT = 2
const STRANGER_LIMIT = 3

/** What a closed socket tells about other connections of the same app. */
export type Verdict =
  | { readonly kind: 'none' }
  /** Our own seats displace each other; one of them is enough. `holds` tells, a moment later, whether it still looks so. */
  | { readonly kind: 'sibling'; readonly times: number; readonly holds: () => boolean }
  /** Somebody else took the seat, so many times in a row. */
  | { readonly kind: 'stranger'; readonly times: number }

export interface DisplacementWatch {
  readonly opened: (seat: number, link: Pick<Link, 'isOpen'>) => void
  readonly ended: (seat: number, end: LinkEnd, lifetime: number) => Verdict
}

/**
 * Creates a judge of whether the platform lets a newer connection displace an older one. Its documents say that
 * connections share the pushes, some users report displacement; so both must be survived, and two clients must not
 * throw each other out for ever.
 */
export function createDisplacementWatch(stableAfter: number): DisplacementWatch {
  const asked = new Map<number, number>()
  const yields = new Map<number, number>()
  let newest: { readonly seat: number; readonly at: number; readonly link: Pick<Link, 'isOpen'> } | undefined
  let suspicions = 0
  let suspectedAt = 0
  // Grows with whatever displacement cannot explain.
  let contradictions = 0

  const isSuspicious = (seat: number): boolean => {
    const now = performance.now()
    if (!newest?.link.isOpen || newest.seat === seat || now - newest.at > SUSPICION_WINDOW) {
      // The newest one was asked to go, too, or all were long after: a gateway that restarts does that.
      contradictions++
      suspicions = 0
      return false
    }
    suspicions = now - suspectedAt > MEMORY ? 1 : suspicions + 1
    suspectedAt = now
    return suspicions >= SIBLING_LIMIT
  }

  return {
    opened(seat, link) {
      newest = { seat, at: performance.now(), link }
    },
    ended(seat, end, lifetime) {
      if (end.reason !== 'closed' || !isAsking(end.code)) {
        asked.delete(seat)
        return { kind: 'none' }
      }
      if (isSuspicious(seat)) {
        const then = contradictions
        const holds = (): boolean => contradictions === then && newest?.seat !== seat && newest?.link.isOpen === true
        const times = (yields.get(seat) ?? 0) + 1
        yields.set(seat, times)
        return { kind: 'sibling', times, holds }
      }
      const times = lifetime < stableAfter ? (asked.get(seat) ?? 0) + 1 : 0
      asked.set(seat, times)
      return times >= STRANGER_LIMIT ? { kind: 'stranger', times } : { kind: 'none' }
    },
  }
}

/**
 * True for a close frame that asks this one connection to go. Networks cut without one (1006); 1001 and 1012 speak of a
 * server that goes away, the other codes below 3000 but 1008 (policy) of mistakes (RFC 6455, 7.4.1).
 */
function isAsking(code: number): boolean {
  return code === 1000 || code === 1005 || code === 1008 || code >= 3000
}
