import type { Clock } from '../clock/clock.ts'
import type { IssuedSecrets } from '../utils/issued-secrets.ts'
import { uuid } from '../utils/random.ts'
import type { App } from '../world/types.ts'
import type { Subscription } from './types.ts'

/** A ticket opens one connection, within 90 s. */
const TICKET_LIFE = 90_000

/** A client as it introduced itself when it asked for a ticket. */
export interface StreamClient {
  readonly app: App
  readonly subscriptions: readonly Subscription[]
  readonly ua: string
}

export interface Tickets {
  issue(client: StreamClient): string
  /** Undefined for a ticket that is unknown, used or too old; after this call it is used. */
  redeem(ticket: string): StreamClient | undefined
}

export function createTickets(clock: Clock, secrets: IssuedSecrets): Tickets {
  const open = new Map<string, { readonly client: StreamClient; readonly expiresAt: number }>()

  function sweep(): void {
    for (const [ticket, { expiresAt }] of open) if (expiresAt <= clock.now()) open.delete(ticket)
  }

  return {
    issue(client) {
      sweep()
      const ticket = secrets.issue('TICKET', uuid())
      open.set(ticket, { client, expiresAt: clock.now() + TICKET_LIFE })
      return ticket
    },
    redeem(ticket) {
      sweep()
      const found = open.get(ticket)
      open.delete(ticket)
      return found?.client
    },
  }
}
