import type { Clock } from '../../clock/clock.ts'
import { setBounded } from '../../utils/bounded.ts'
import type { IssuedSecrets } from '../../utils/issued-secrets.ts'
import type { App, Conversation } from '../../world/types.ts'

/** 90 minutes from the message that brought it. */
export const SESSION_LIFE = 5_400_000
const SESSIONS_KEPT = 10_000

/** The target of a session webhook. */
export interface Session {
  readonly conversation: Conversation
  readonly app: App
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

export interface Sessions {
  open(conversation: Conversation, app: App): { readonly id: string; readonly expiresAt: number }
  /** Undefined when unknown or expired. */
  find(id: string): Session | undefined
  /** Ends a session's life. */
  close(id: string): void
}

export function createSessions(clock: Clock, secrets: IssuedSecrets): Sessions {
  const sessions = new Map<string, Session>()
  return {
    open(conversation, app) {
      const id = secrets.issue('SESSION')
      const expiresAt = clock.now() + SESSION_LIFE
      setBounded(sessions, id, { conversation, app, expiresAt }, SESSIONS_KEPT)
      return { id, expiresAt }
    },
    find(id) {
      const session = sessions.get(id)
      return session && session.expiresAt > clock.now() ? session : undefined
    },
    close: id => void sessions.delete(id),
  }
}
