import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { eventHeadersOf, payloadOf } from './envelope.ts'
import type { EventPayloads } from './payloads.ts'
import { readPayload } from './schemas.ts'

/** Event type with a typed payload; see {@link EventPayloads}. */
export type EventType = keyof EventPayloads

/**
 * Payload of an event type, such as `EventData<'robot_msg_read'>['processQueryKey']`; `unknown` for types that are not
 * declared.
 */
export type EventData<T extends string> = T extends EventType ? EventPayloads[T] : unknown

/** Event of the organisation (`ctx.event`): its type, id and payload. */
export interface EventInfo<T extends string = string> {
  /** Event type, such as `user_add_org`; `''` if missing. */
  readonly type: T
  /** Id of the event, the same for each redelivery. */
  readonly id?: string | undefined
  /** Organisation that the event comes from. */
  readonly corpId?: string | undefined
  /** Time of the event, in milliseconds since the epoch. */
  readonly bornTime?: number | undefined
  /** Unified app id of the subscribed app. */
  readonly unifiedAppId?: string | undefined
  /** Payload, typed by event type. */
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
 * Parses an event: type and id from the frame's headers, the payload from its data. Never throws.
 *
 * Without headers, as over HTTP, both are in the body: flat and capitalised, or as the single object of the
 * documentation.
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
 * Type guard for events: true if the event is of this type, whose payload it then has.
 *
 * @example
 * ```ts
 * if (isEvent(event, 'robot_msg_read')) console.log(event.data.processQueryKey)
 * ```
 */
export function isEvent<T extends EventType | (string & {})>(event: EventInfo, type: T): event is EventInfo<T> {
  return event.type === type
}
