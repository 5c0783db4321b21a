import type { Switches } from '../options/switches.ts'

/**
 * The permissions (scopes) of the app, by their names in the developer console. All are granted until one is revoked.
 */
export interface Permissions {
  /**
   * Revokes permissions: APIs that need them answer 403 and name them.
   *
   * @example
   * sim.permissions.revoke('Card.Streaming.Write')
   */
  revoke(...scopes: string[]): void
  /**
   * Grants revoked permissions again. A token that was issued before stays without them: the next one that is asked for
   * is a new one, and has them (changelog of n8n-nodes-dingtalk 0.3.4; `switches.grantNeedsNewToken`).
   */
  grant(...scopes: string[]): void
  /** Whether the app holds a permission. */
  has(scope: string): boolean
  /** The permissions that were revoked, in the order of revoking. */
  readonly revoked: readonly string[]
}

export interface PermissionStore extends Permissions {
  /** The number of grants so far. */
  readonly grants: number
  /** Whether a token that was issued after so many grants holds a permission. */
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
