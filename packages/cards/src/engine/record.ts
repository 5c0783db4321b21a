import * as v from 'valibot'
import { healMarkdown } from '../text/heal.ts'
import { isBlank, wellFormed } from '../text/well-formed.ts'
import { DEFAULT_EMPTY_TEXT, DEFAULT_REFUSED_TEXT } from './limits.ts'
import { AI_CARD_STATUS } from './status.ts'

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
  /** The names of the states at the end. */
  readonly states: { readonly finished: string; readonly failed: string }
  /** The variables that get the finished text in blocks, and for copying; empty for a template without. */
  readonly blocksKey: string
  readonly copyKey: string
  readonly title: string
  readonly text: string
  /** The state that it ends in when nobody says otherwise: a card whose process died has failed. */
  readonly status: 'finished' | 'failed'
  /** Put below the text of a card that failed. */
  readonly notice: string
  /** Shown in place of a blank text; empty where something else is to be seen. */
  readonly emptyText: string
  /** Shown in place of what the review of contents has refused. */
  readonly refusedText: string
  /** Other variables for the end. */
  readonly variables: Readonly<Record<string, string>>
  /** The same without anything that the bot has said. */
  readonly bare: Readonly<Record<string, string>>
  /** Whether the text went out as a message, so that only the card is left to be closed. */
  readonly told: boolean
  /** Milliseconds since the epoch; 0 until it is delivered. */
  readonly deliveredAt: number
}

const { finished, failed } = AI_CARD_STATUS
const variables = v.record(v.string(), v.string())

// What has a default is not in the records of earlier versions.
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
  states: v.optional(v.object({ finished: v.string(), failed: v.string() }), { finished, failed }),
  blocksKey: v.optional(v.string(), ''),
  copyKey: v.optional(v.string(), ''),
  title: v.string(),
  text: v.string(),
  status: v.picklist(['finished', 'failed']),
  notice: v.string(),
  emptyText: v.optional(v.string(), DEFAULT_EMPTY_TEXT),
  refusedText: v.optional(v.string(), DEFAULT_REFUSED_TEXT),
  variables,
  bare: v.optional(variables, {}),
  told: v.boolean(),
  deliveredAt: v.number(),
})

/** Reads a record that came from a store; undefined for what is none. */
export function parseRecord(value: unknown): CardRecord | undefined {
  const result = v.safeParse(RecordSchema, value)
  return result.success ? result.output : undefined
}

type Ended = Pick<CardRecord, 'text' | 'status' | 'notice' | 'emptyText'>

/** The text that is shown at the end: never nothing. */
export function finalText({ text, status, notice, emptyText }: Ended): string {
  const said = isBlank(text) ? '' : text
  const shown =
    status === 'finished' ? said.trimEnd() : [healMarkdown(said), notice].filter(part => !isBlank(part)).join('\n\n')
  return wellFormed(shown === '' ? emptyText : shown)
}

/** The same card with nothing in it that the review of contents may have refused. */
export function refusedRecord(record: CardRecord): CardRecord {
  return {
    ...record,
    title: '',
    text: record.refusedText,
    status: 'finished',
    notice: '',
    variables: record.bare,
  }
}
