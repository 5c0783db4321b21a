import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { eventHeadersOf, payloadOf } from './envelope.ts'
import type { EventPayloads } from './payloads.ts'
import { readPayload } from './schemas.ts'

/** The event types that have typed payloads. */
export type EventType = keyof EventPayloads

/** The payload of an event type: `EventData<'robot_msg_read'>['processQueryKey']`; `unknown` for types not declared. */
export type EventData<T extends string> = T extends EventType ? EventPayloads[T] : unknown

/** Something that happened in the organisation. */
export interface EventInfo<T extends string = string> {
  /** Such as `user_add_org`; `''` when missing. */
  readonly type: T
  /** The same for each redelivery. */
  readonly id?: string | undefined
  readonly corpId?: string | undefined
  /** Milliseconds since the epoch. */
  readonly bornTime?: number | undefined
  readonly unifiedAppId?: string | undefined
  readonly data: EventData<T>
}

const { text, id, number } = lenient
const Headers = v.object({
  eventType: v.fallback(v.string(), ''),
  eventId: id,
  eventCorpId: text,
  eventBornTime: number,
  eventUnifiedAppId: text,
})

/**
 * Reads an event: what it is from the headers of the frame, what happened from its data. Never throws.
 *
 * Without headers, as it comes by HTTP, both stand in the body: flat and with capitals, or as the one object that the
 * documents show.
 */
export function parseEvent(headers: lenient.Fields, raw: unknown): EventInfo {
  const head = v.parse(Headers, headers.eventType === undefined ? { ...eventHeadersOf(raw), ...headers } : headers)
  return {
    type: head.eventType,
    id: head.eventId,
    corpId: head.eventCorpId,
    bornTime: head.eventBornTime,
    unifiedAppId: head.eventUnifiedAppId,
    data: readPayload(head.eventType, payloadOf(head.eventType, raw)),
  }
}

/**
 * Whether an event is of a type, which types its data.
 *
 * @example
 * ```ts
 * if (isEvent(event, 'robot_msg_read')) console.log(event.data.processQueryKey)
 * ```
 */
export function isEvent<T extends EventType | (string & {})>(event: EventInfo, type: T): event is EventInfo<T> {
  return event.type === type
}
