import type { FrameHeaders } from '@dingware/transport'
import * as v from 'valibot'
import { restoreUpdate, TOPICS, type Update, type UpdateKind } from './update.ts'

/**
 * Serialisable form of an update, to be run later or by another process.
 *
 * It holds the session webhook of a message: whoever can read it can answer in that conversation while the webhook is
 * valid.
 */
export interface PackedUpdate {
  readonly kind: UpdateKind
  readonly topic: string
  readonly headers: Update['headers']
  readonly size: number
  readonly raw: unknown
}

export function packUpdate({ kind, topic, headers, size, raw }: Update): PackedUpdate {
  return { kind, topic, headers, size, raw }
}

const KINDS: readonly UpdateKind[] = [...recordKeys(TOPICS), 'topic']

const PackedSchema = v.object({
  kind: v.picklist(KINDS),
  topic: v.string(),
  // Validated when they came from the wire.
  headers: v.custom<FrameHeaders>(value => typeof value === 'object' && value !== null && 'topic' in value),
  size: v.number(),
  raw: v.unknown(),
})

/** Restores an update. @returns `undefined` for an invalid one. */
export function unpackUpdate(value: unknown): Update | undefined {
  const result = v.safeParse(PackedSchema, value)
  return result.success ? restoreUpdate(result.output) : undefined
}

function recordKeys<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[]
}
