import * as v from 'valibot'
import { isRecord, parseJson, withoutNulls } from '../utils/json.ts'

/** An answer of the client, once it has the right shape. */
export interface Ack {
  readonly messageId: string
  readonly code: number
  readonly data: string
  readonly message: string | undefined
}

const headersSchema = v.looseObject({ messageId: v.string() })
const ackSchema = v.looseObject({
  code: v.number(),
  headers: headersSchema,
  data: v.optional(v.string()),
  message: v.optional(v.string()),
})

const OK = 200

/** Reads an upstream frame; a string says what is wrong with it. */
export function parseAck(raw: string): Ack | string {
  const json = parseJson(raw)
  if (!isRecord(json)) return 'the frame is not a JSON object'
  const result = v.safeParse(ackSchema, withoutNulls(json))
  if (!result.success) return result.issues.map(describe).join('; ')
  const { code, data = '', headers, message } = result.output
  // The official Java client leaves it out where it answers with an error.
  if (code === OK && result.output.data === undefined) return 'data is missing'
  return { messageId: headers.messageId, code, data, message }
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? 'frame'
  return issue.received === 'undefined'
    ? `${path} is missing`
    : `${path} must be ${issue.expected}, it is ${issue.received}`
}
