import { createHash } from 'node:crypto'
import type { FrameHeaders } from '@dingware/transport'
import { type Fields, isRecord, recordOf } from '../lenient/lenient.ts'
import { decapitalised } from './names.ts'

type EventHeaders = Partial<
  Pick<FrameHeaders, 'eventType' | 'eventId' | 'eventCorpId' | 'eventBornTime' | 'eventUnifiedAppId'>
>

/**
 * Event headers from the body of an event, if no headers came with it: over HTTP the body is flat, with `EventType`,
 * `CorpId`, `TimeStamp` beside the payload (bot-message-read-event); the stream documentation shows one object with
 * `data` in it.
 *
 * An event without an id gets a hash of its content as id, so that it is recognised when it is pushed again.
 */
export function eventHeadersOf(raw: unknown): EventHeaders {
  const body = recordOf(raw)
  if (!body) return {}
  const fields = decapitalised(body)
  const { eventType } = fields
  if (typeof eventType !== 'string') return {}
  return given({
    eventType,
    eventId: text(fields.eventId) ?? fingerprint(fields),
    eventCorpId: text(fields.eventCorpId) ?? text(fields.corpId),
    eventBornTime:
      time(fields.eventBornTime) ?? time(fields.eventTime) ?? time(fields.timeStamp) ?? time(fields.timestamp),
    eventUnifiedAppId: text(fields.eventUnifiedAppId),
  })
}

/** Payload of an event of this type: the body without its envelope, with the field names of the stream. */
export function payloadOf(type: string, raw: unknown): unknown {
  const body = recordOf(raw)
  const fields = body && decapitalised(body)
  if (!fields || fields.eventType !== type) return raw
  if (recordOf(fields.data)) return fields.data
  return fields === body ? raw : fields
}

/** Hash of a body, independent of the order of its fields. */
function fingerprint(fields: Fields): string | undefined {
  try {
    return `sha256-${createHash('sha256').update(JSON.stringify(fields, sorted)).digest('hex')}`
  } catch {
    // Too deeply nested to be serialised.
    return undefined
  }
}

function sorted(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function time(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

function given(headers: { readonly [K in keyof EventHeaders]-?: EventHeaders[K] | undefined }): EventHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
}
