import type { Clock } from '../clock/clock.ts'
import type { Issued } from '../secrets/issued.ts'
import type { App } from '../world/types.ts'

/** Seconds, as the platform counts it. */
export const TOKEN_LIFE = 7_200

export interface Tokens {
  /** The app's token: the same one, extended, as long as it is valid. */
  issue(app: App): string
  /** Whose token it is; undefined when it is wrong or has expired. */
  owner(token: string): App | undefined
  /** Ends a token's life. */
  revoke(token: string): void
}

export function createTokens(clock: Clock, secrets: Issued): Tokens {
  const byApp = new Map<string, { readonly app: App; readonly token: string; readonly expiresAt: number }>()
  return {
    issue(app) {
      const held = byApp.get(app.clientId)
      const token = held && held.expiresAt > clock.now() ? held.token : secrets.issue('ACCESS_TOKEN')
      byApp.set(app.clientId, { app, token, expiresAt: clock.now() + TOKEN_LIFE * 1_000 })
      return token
    },
    owner(token) {
      for (const held of byApp.values()) {
        if (held.token === token && held.expiresAt > clock.now()) return held.app
      }
      return undefined
    },
    revoke(token) {
      for (const [clientId, held] of byApp) if (held.token === token) byApp.delete(clientId)
    },
  }
}
