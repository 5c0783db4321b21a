import * as v from 'valibot'
import type { Clock } from '../../clock/clock.ts'
import type { Pushes } from '../../gateway/pushes.ts'
import type { AckResult, Delivery } from '../../gateway/types.ts'
import type { Switches } from '../../options/switches.ts'
import { parseJson } from '../../utils/json.ts'
import { uuid } from '../../utils/random.ts'
import type { App } from '../../world/types.ts'

/** The outcome of `sim.event()`. */
export interface EventResult {
  /** The `eventId` of its headers. */
  readonly eventId: string
  /** The first push. */
  readonly delivery: Delivery
  /** The bot's ack of the first push. */
  readonly ack: AckResult
  /** The bot's status in its first ack; undefined when there was none. A bare code 200 counts as success. */
  readonly status: 'SUCCESS' | 'LATER' | undefined
  /** Every push of it; the list grows as it is redelivered. */
  readonly deliveries: readonly Delivery[]
}

/** Options of `sim.event()`. */
export interface EventOptions {
  /** The `eventId` of its headers: a new one by default. The same id pushes the same event once more. */
  readonly eventId?: string
  /** The `eventBornTime` of its headers, in milliseconds since the epoch; now by default. */
  readonly bornTime?: number
  /** The `topic` of its headers: `*` by default; older pushes have `dingTalk`. */
  readonly topic?: string
}

export interface EventDeps {
  readonly pushes: Pushes
  readonly switches: Switches
  readonly clock: Clock
}

const schema = v.looseObject({ status: v.picklist(['SUCCESS', 'LATER']) })

/** Pushes an event, and again as long as it is not answered well. Resolves with the first answer. */
export async function pushEvent(
  { pushes, switches, clock }: EventDeps,
  app: App,
  event: EventOptions & { readonly type: string; readonly data: unknown },
): Promise<EventResult> {
  const eventId = event.eventId ?? uuid().replaceAll('-', '')
  // Fixed here: the headers of the business stay when the event comes again, only the delivery id is new.
  const headers = {
    eventType: event.type,
    eventId,
    eventBornTime: String(event.bornTime ?? clock.now()),
  }
  const { delivery, deliveries } = await pushes.push(
    app,
    { type: 'EVENT', topic: event.topic ?? '*', data: event.data, headers },
    {
      redeliver: () => switches.eventRedelivery,
      isGood: result => statusOf(result) === 'SUCCESS',
      evenIfOffline: true,
    },
  )
  const ack = await delivery.ack
  return { eventId, delivery, ack, status: statusOf(ack), deliveries }
}

/** The official Python client sends no status, only code 200, and that must do. */
function statusOf(ack: AckResult): 'SUCCESS' | 'LATER' | undefined {
  if (ack.status !== 'acked') return undefined
  const parsed = v.safeParse(schema, parseJson(ack.data))
  if (parsed.success) return parsed.output.status
  return ack.code === 200 ? 'SUCCESS' : undefined
}
