import type { WebhookRate } from '../../apis/webhook/rate.ts'
import type { Clock } from '../../clock/clock.ts'
import type { Meter } from '../../limits/quota.ts'
import type { Limiter } from '../../limits/throttle.ts'
import type { Switches } from '../../options/switches.ts'
import type { MeterReading, Meters } from './protocol.ts'
import type { Timeline } from './timeline.ts'

const SECOND = 1_000

export interface MetersDeps {
  readonly clock: Pick<Clock, 'now'>
  readonly quota: { readonly api: Meter; readonly push: Meter }
  readonly throttle: Limiter
  readonly webhookRate: WebhookRate
  readonly switches: Switches
  readonly timeline: Timeline
}

/** Reads the usage of everything that is limited. */
export function readMeters({ clock, quota, throttle, webhookRate, switches, timeline }: MetersDeps): Meters {
  return {
    api: reading(quota.api.used, quota.api.limit),
    push: reading(quota.push.used, quota.push.limit),
    qps: [...callsSince(timeline, clock.now() - SECOND)].map(([api, used]) => {
      return { api, ...reading(used, throttle.limitOf(api.slice(api.indexOf(' ') + 1))) }
    }),
    webhook: webhookRate.usage().map(({ conversationId, used, refusedUntil }) => {
      return { conversationId, refusedUntil, ...reading(used, switches.webhookPerMinute) }
    }),
  }
}

function callsSince(timeline: Timeline, since: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { entry } of timeline.items.values()) {
    if (entry.kind === 'call' && entry.at > since) counts.set(entry.title, (counts.get(entry.title) ?? 0) + 1)
  }
  return counts
}

function reading(used: number, limit: number): MeterReading {
  return { used, limit: Number.isFinite(limit) ? limit : null }
}
