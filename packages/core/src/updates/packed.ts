import { type FrameHeaders, isRecord } from '@dingware/transport'
import * as v from 'valibot'
import { restoreUpdate, TOPICS, type Update, type UpdateKind } from './update.ts'

/**
 * An update as JSON can hold it, to be run by another process or later.
 *
 * Hint: it holds the session webhook of a message. Whoever reads it can answer in that conversation for as long as the
 * webhook lives.
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
  // Ours, as they came from the wire and were checked there.
  headers: v.custom<FrameHeaders>(value => isRecord(value) && 'topic' in value),
  size: v.number(),
  raw: v.unknown(),
})

/** @returns nothing for what is no packed update. */
export function unpackUpdate(value: unknown): Update | undefined {
  const result = v.safeParse(PackedSchema, value)
  return result.success ? restoreUpdate(result.output) : undefined
}

function recordKeys<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[]
}
