import type { Clock } from '../clock/clock.ts'
import type { Issued } from '../utils/issued.ts'
import { uuid } from '../utils/random.ts'
import type { App } from '../world/types.ts'
import type { Subscription } from './types.ts'

/** A ticket opens one connection, within 90 s. */
const TICKET_LIFE = 90_000

/** What the client has said when it asked for the ticket. */
export interface Grant {
  readonly app: App
  readonly subscriptions: readonly Subscription[]
  readonly ua: string
}

export interface Tickets {
  issue(grant: Grant): string
  /** Undefined for a ticket that is unknown, used or too old; after this call it is used. */
  redeem(ticket: string): Grant | undefined
}

export function createTickets(clock: Clock, secrets: Issued): Tickets {
  const open = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>()

  function sweep(): void {
    for (const [ticket, { expiresAt }] of open) if (expiresAt <= clock.now()) open.delete(ticket)
  }

  return {
    issue(grant) {
      sweep()
      const ticket = secrets.issue('TICKET', uuid())
      open.set(ticket, { grant, expiresAt: clock.now() + TICKET_LIFE })
      return ticket
    },
    redeem(ticket) {
      sweep()
      const found = open.get(ticket)
      open.delete(ticket)
      return found?.grant
    },
  }
}
