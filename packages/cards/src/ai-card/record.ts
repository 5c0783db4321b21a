import * as v from 'valibot'
import { healMarkdown } from '../markdown/heal.ts'

/** All that is needed to end a card, by whoever finds it. Plain JSON. */
export interface CardRecord {
  readonly outTrackId: string
  readonly robotCode: string
  readonly address: { readonly group: string } | { readonly users: string[] } | { readonly privateChat: string }
  readonly templateId: string
  /** The variable that streams. */
  readonly key: string
  /** The variable for the state; empty for a template without. */
  readonly statusKey: string
  readonly title: string
  readonly text: string
  /** How it ends when nobody says otherwise: a card whose process died has failed. */
  readonly status: 'finished' | 'failed'
  /** Put below the text of a card that failed. */
  readonly notice: string
  /** Other variables for the end. */
  readonly variables: Readonly<Record<string, string>>
  /** Whether the text went out as a message, so that only the card is left to be closed. */
  readonly told: boolean
  /** Milliseconds since the epoch; 0 until it is delivered. */
  readonly deliveredAt: number
}

const RecordSchema: v.GenericSchema<unknown, CardRecord> = v.object({
  outTrackId: v.string(),
  robotCode: v.string(),
  address: v.union([
    v.object({ group: v.string() }),
    v.object({ users: v.array(v.string()) }),
    v.object({ privateChat: v.string() }),
  ]),
  templateId: v.string(),
  key: v.string(),
  statusKey: v.string(),
  title: v.string(),
  text: v.string(),
  status: v.picklist(['finished', 'failed']),
  notice: v.string(),
  variables: v.record(v.string(), v.string()),
  told: v.boolean(),
  deliveredAt: v.number(),
})

/** Reads a record that came from a store; undefined for what is none. */
export function parseRecord(value: unknown): CardRecord | undefined {
  const result = v.safeParse(RecordSchema, value)
  return result.success ? result.output : undefined
}

/** What is shown at the end. */
export function finalText({ text, status, notice }: Pick<CardRecord, 'text' | 'status' | 'notice'>): string {
  return status === 'finished' ? text.trimEnd() : [healMarkdown(text), notice].filter(Boolean).join('\n\n')
}
