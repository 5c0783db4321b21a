import type { Switches } from '../options/switches.ts'

/** What the app may do, by the names of the developer console. Everything, until something is revoked. */
export interface Permissions {
  /**
   * Takes permissions away: APIs that need them answer 403 and name them.
   *
   * @example
   * sim.permissions.revoke('Card.Streaming.Write')
   */
  revoke(...scopes: string[]): void
  /**
   * Gives them back. A token keeps what it was issued with: the next one that is asked for is a new one, and may
   * (changelog of n8n-nodes-dingtalk 0.3.4; `switches.grantNeedsNewToken`).
   */
  grant(...scopes: string[]): void
  has(scope: string): boolean
  readonly revoked: readonly string[]
}

export interface PermissionStore extends Permissions {
  /** How often something was granted so far. */
  readonly grants: number
  /** Whether a token may that was issued after so many grants. */
  hadAt(grants: number, scope: string): boolean
}

export function createPermissions(switches: Pick<Switches, 'grantNeedsNewToken'>): PermissionStore {
  const revoked = new Set<string>()
  const grantedAt = new Map<string, number>()
  let grants = 0
  return {
    revoke(...scopes) {
      for (const scope of scopes) revoked.add(scope)
    },
    grant(...scopes) {
      if (switches.grantNeedsNewToken) grants += 1
      for (const scope of scopes) if (revoked.delete(scope)) grantedAt.set(scope, grants)
    },
    has: scope => !revoked.has(scope),
    get revoked() {
      return [...revoked]
    },
    get grants() {
      return grants
    },
    hadAt: (before, scope) => !revoked.has(scope) && (grantedAt.get(scope) ?? 0) <= before,
  }
}
