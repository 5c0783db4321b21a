/** What the app may do, by the names of the developer console. Everything, until something is revoked. */
export interface Permissions {
  /**
   * Takes permissions away: APIs that need them answer 403 and name them.
   *
   * @example
   * sim.permissions.revoke('Card.Streaming.Write')
   */
  revoke(...scopes: string[]): void
  grant(...scopes: string[]): void
  has(scope: string): boolean
  readonly revoked: readonly string[]
}

export function createPermissions(): Permissions {
  const revoked = new Set<string>()
  return {
    revoke(...scopes) {
      for (const scope of scopes) revoked.add(scope)
    },
    grant(...scopes) {
      for (const scope of scopes) revoked.delete(scope)
    },
    has: scope => !revoked.has(scope),
    get revoked() {
      return [...revoked]
    },
  }
}
