import * as v from 'valibot'
import type { FrameRecord } from '../../gateway/types.ts'
import { parseJson } from '../../utils/json.ts'
import { shallow } from './shallow.ts'

const pushSchema: v.GenericSchema<unknown, PushFrame> = v.looseObject({
  type: v.picklist(['SYSTEM', 'EVENT', 'CALLBACK']),
  headers: v.intersect([v.object({ topic: v.string(), messageId: v.string() }), v.record(v.string(), v.string())]),
  data: v.string(),
})
const ackSchema: v.GenericSchema<unknown, AckFrame> = v.looseObject({
  code: v.number(),
  headers: v.looseObject({ messageId: v.string() }),
  data: v.string(),
})

export interface PushFrame {
  readonly type: 'SYSTEM' | 'EVENT' | 'CALLBACK'
  readonly headers: { readonly topic: string; readonly messageId: string } & Readonly<Record<string, string>>
  readonly data: string
}

export interface AckFrame {
  readonly code: number
  readonly headers: { readonly messageId: string }
  readonly data: string
}

/** A frame to the bot, as far as it is one; undefined for garbage that a fault has sent. */
export function readPush({ frame }: Pick<FrameRecord, 'frame'>): PushFrame | undefined {
  const parsed = v.safeParse(pushSchema, frame)
  return parsed.success ? parsed.output : undefined
}

/** An answer of the bot; undefined for what is none. */
export function readAck({ frame }: Pick<FrameRecord, 'frame'>): AckFrame | undefined {
  const parsed = v.safeParse(ackSchema, frame)
  return parsed.success ? parsed.output : undefined
}

/** The data of a frame: JSON as its value, anything else as text. */
export function dataOf({ data }: { readonly data: string }): unknown {
  return shallow(parseJson(data)) ?? data
}

const statusSchema = v.looseObject({ status: v.picklist(['SUCCESS', 'LATER']) })

/** Whether an ack asks for the event to come again. */
export function asksForLater(data: string): boolean {
  const parsed = v.safeParse(statusSchema, parseJson(data))
  return parsed.success && parsed.output.status === 'LATER'
}
