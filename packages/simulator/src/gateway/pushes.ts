import type { Clock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import type { Rules } from '../faults/rules.ts'
import type { PushFault } from '../faults/types.ts'
import type { Counter } from '../limits/quota.ts'
import { fitsPattern } from '../utils/pattern.ts'
import type { App } from '../world/types.ts'
import type { Hub } from './hub.ts'
import type { AckResult, Delivery, PushRequest } from './types.ts'

export interface PushOptions {
  /** Milliseconds after which it comes again when it was not answered well, each counted from the time before. */
  readonly redeliver?: () => readonly number[]
  /** Whether an answer is good; by default every one is. */
  readonly isGood?: (result: AckResult) => boolean
  /** Whether it comes again also when nobody was there the first time. */
  readonly evenIfOffline?: boolean
  /** The data to push in its place when the month's pushes are used up; nothing by default. */
  readonly overQuota?: () => unknown
}

/** A push with its redeliveries. */
export interface Pushed {
  /** The first time. */
  readonly delivery: Delivery
  /** Each time; grows as it is redelivered. */
  readonly deliveries: readonly Delivery[]
}

/** Pushes by the platform's rules: they are counted, meet armed faults, and come again when not answered. */
export interface Pushes {
  push(app: App, request: PushRequest, options?: PushOptions): Promise<Pushed>
}

export interface PushesDeps {
  readonly hub: Hub
  readonly clock: Clock
  readonly quota: { readonly push: Counter }
  readonly faults: Rules<PushFault>
  /** Milliseconds for the ack. */
  readonly pushTimeout: number
  readonly closed: AbortSignal
}

export function createPushes(deps: PushesDeps): Pushes {
  const { hub, clock, quota } = deps
  return {
    async push(app, request, options = {}) {
      const deliveries: Delivery[] = []
      const { redeliver, isGood = answered, evenIfOffline = false, overQuota } = options

      async function once(times: number): Promise<Delivery> {
        if (!quota.push.take()) {
          const data = overQuota?.()
          const delivery = data === undefined ? nowhere(hub) : await hub.push(app, { ...request, data })
          deliveries.push(delivery)
          return delivery
        }
        const pushedAt = clock.now()
        const delivery = await deliver(deps, app, request)
        deliveries.push(delivery)
        void delivery.ack.then(result => again(times, pushedAt, result))
        return delivery
      }

      function again(times: number, pushedAt: number, result: AckResult): void {
        const delay = redeliver?.()[times]
        if (delay === undefined || isGood(result)) return
        if (result.status === 'undelivered' && !evenIfOffline && times === 0) return
        clock.after(Math.max(0, pushedAt + delay - clock.now()), () => void once(times + 1))
      }

      return { delivery: await once(0), deliveries }
    },
  }
}

async function deliver({ hub, clock, faults, pushTimeout, closed }: PushesDeps, app: App, request: PushRequest) {
  const fault = request.type === 'SYSTEM' ? undefined : faults.take(({ topic }) => fitsPattern(topic, request.topic))
  if (fault?.fault === 'lost') return lost(hub, sleep(request.deadline ?? pushTimeout, clock, closed))
  if (fault?.fault === 'garbage') {
    for (const { info, send } of hub.connections)
      if (info.clientId === app.clientId) await send('{"specVersion":"1.0","ty')
  }
  const delivery = await hub.push(app, request)
  if (fault?.fault === 'duplicate') await hub.push(app, request)
  return delivery
}

function nowhere(hub: Hub): Delivery {
  const ack = Promise.resolve<AckResult>({ status: 'undelivered' })
  return { messageId: hub.nextMessageId(), delivered: false, connectionId: undefined, ack }
}

function lost(hub: Hub, deadline: Promise<void>): Delivery {
  const ack = deadline.then((): AckResult => ({ status: 'timeout' }))
  return { messageId: hub.nextMessageId(), delivered: false, connectionId: undefined, ack }
}

function answered(result: AckResult): boolean {
  return result.status === 'acked'
}
