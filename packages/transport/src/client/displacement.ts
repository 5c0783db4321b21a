import type { Link, LinkEnd } from '../link/link.ts'

/** A connection that is closed this soon after a sibling opened was probably closed because of it. Milliseconds. */
const SUSPICION_WINDOW = 5_000
/** Suspicions further apart than this have nothing to do with each other. Milliseconds. */
const FORGET_AFTER = 60_000
const SIBLING_LIMIT = 2
const STRANGER_LIMIT = 3

/**
 * Displacement, as a closed socket lets it be guessed: a newer connection of the same app took the place of this one.
 * Siblings are connections of this client, strangers those of others.
 */
export type Displacement =
  | { readonly kind: 'none' }
  /** One of our own connections is too many. `holds` tells, a moment later, whether it still looks so. */
  | { readonly kind: 'sibling'; readonly times: number; readonly holds: () => boolean }
  /** Somebody else's connection closes ours, so many times in a row. */
  | { readonly kind: 'stranger'; readonly times: number }

/** A watch over the connections of one client, each known by its number. */
export interface DisplacementWatch {
  readonly opened: (connection: number, link: Pick<Link, 'isOpen'>) => void
  readonly ended: (connection: number, end: LinkEnd, lifetime: number) => Displacement
}

/**
 * Watches for whether the platform lets a newer connection displace an older one. Its documents say that connections
 * share the pushes, some users report displacement; so both must be survived, and two clients must not throw each other
 * out for ever.
 */
export function createDisplacementWatch(stableAfter: number): DisplacementWatch {
  /** Deliberate closes in a row, by connection. */
  const closes = new Map<number, number>()
  const displacements = new Map<number, number>()
  let newest: { readonly connection: number; readonly at: number; readonly link: Pick<Link, 'isOpen'> } | undefined
  let suspicions = 0
  let suspectedAt = 0
  // Grows with whatever displacement cannot explain.
  let contradictions = 0

  const isSuspicious = (connection: number): boolean => {
    const now = performance.now()
    if (!newest?.link.isOpen || newest.connection === connection || now - newest.at > SUSPICION_WINDOW) {
      // The newest one was asked to go, too, or all were long after: a gateway that restarts does that.
      contradictions++
      suspicions = 0
      return false
    }
    suspicions = now - suspectedAt > FORGET_AFTER ? 1 : suspicions + 1
    suspectedAt = now
    return suspicions >= SIBLING_LIMIT
  }

  return {
    opened(connection, link) {
      newest = { connection, at: performance.now(), link }
    },
    ended(connection, end, lifetime) {
      if (end.reason !== 'closed' || !isDeliberate(end.code)) {
        closes.delete(connection)
        return { kind: 'none' }
      }
      if (isSuspicious(connection)) {
        const then = contradictions
        const holds = (): boolean =>
          contradictions === then && newest?.connection !== connection && newest?.link.isOpen === true
        const times = (displacements.get(connection) ?? 0) + 1
        displacements.set(connection, times)
        return { kind: 'sibling', times, holds }
      }
      const times = lifetime < stableAfter ? (closes.get(connection) ?? 0) + 1 : 0
      closes.set(connection, times)
      return times >= STRANGER_LIMIT ? { kind: 'stranger', times } : { kind: 'none' }
    },
  }
}

/**
 * True for a close frame that asks this one connection to go. Networks cut without one (1006); 1001 and 1012 speak of a
 * server that goes away, the other codes below 3000 but 1008 (policy) of mistakes (RFC 6455, 7.4.1).
 */
function isDeliberate(code: number): boolean {
  return code === 1000 || code === 1005 || code === 1008 || code >= 3000
}
