import type { ManualClock } from '../clock/clock.ts'
import type { Faults } from '../faults/faults.ts'
import type { Permissions } from '../limits/permissions.ts'
import type { Quota } from '../limits/quota.ts'
import type { Throttle } from '../limits/throttle.ts'
import type { Switches } from '../options/switches.ts'
import type { Platform } from '../server/platform.ts'

/** Everything about the simulated platform that a test can change while it runs. */
export interface Controls {
  /** Faults to inject: into connections, API calls, pushes. */
  readonly faults: Faults
  /** The permissions of the app; all by default. */
  readonly permissions: Permissions
  /** The usage and limits of the month; no limits by default. */
  readonly quota: Quota
  /** The rate limits of the APIs; none by default. */
  readonly throttle: Throttle
  /** The behaviour where the real platform's is unclear or differs. */
  readonly switches: Switches
  /**
   * The time of tickets, tokens, webhooks, quotas and redelivery. Waits of tests (`expectReply`, `until`) are in real
   * time.
   *
   * @example
   * sim.clock.advance(7_200_000) // every token has expired
   */
  readonly clock: Pick<ManualClock, 'now' | 'advance'>
  /**
   * Ends every connection in the platform's regular way: SYSTEM `disconnect`, and the end of the TCP connection
   * `closeAfter` milliseconds later (10,000 by default).
   */
  rotate(options?: { readonly closeAfter?: number }): void
}

export function controlsOf(platform: Platform): Controls {
  const { faults, permissions, quota, throttle, switches, time } = platform
  const rotate: Controls['rotate'] = options => void faults.disconnect(options)
  return { faults, permissions, quota, throttle, switches, clock: time, rotate }
}
