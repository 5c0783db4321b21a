import type { Clock } from '../../clock/clock.ts'
import type { PermissionStore } from '../../limits/permissions.ts'
import { setBounded } from '../../utils/bounded.ts'
import type { IssuedSecrets } from '../../utils/issued-secrets.ts'
import type { App } from '../../world/types.ts'

/** Seconds, as the platform counts it. */
export const TOKEN_LIFE = 7_200
const KEPT = 1_000

export interface Tokens {
  /** The app's token: the same one, extended, as long as it is valid and may all that the app may. */
  issue(app: App): string
  /** The app of a token; undefined when the token is wrong or has expired. */
  owner(token: string): App | undefined
  /** Whether a valid token holds a permission. */
  may(token: string, scope: string): boolean
  /** Ends a token's life. */
  revoke(token: string): void
}

interface Held {
  readonly app: App
  readonly expiresAt: number
  /** The number of grants of permissions before it was issued. */
  readonly grants: number
}

export function createTokens(
  clock: Clock,
  secrets: IssuedSecrets,
  permissions: Pick<PermissionStore, 'grants' | 'hadAt'>,
): Tokens {
  const tokens = new Map<string, Held>()
  const newest = new Map<string, string>()

  function held(token: string): Held | undefined {
    const found = tokens.get(token)
    return found && found.expiresAt > clock.now() ? found : undefined
  }

  return {
    issue(app) {
      const last = newest.get(app.clientId) ?? ''
      const { grants } = permissions
      const token = held(last)?.grants === grants ? last : secrets.issue('ACCESS_TOKEN')
      newest.set(app.clientId, token)
      setBounded(tokens, token, { app, grants, expiresAt: clock.now() + TOKEN_LIFE * 1_000 }, KEPT)
      return token
    },
    owner: token => held(token)?.app,
    may: (token, scope) => permissions.hadAt(held(token)?.grants ?? 0, scope),
    revoke: token => void tokens.delete(token),
  }
}
