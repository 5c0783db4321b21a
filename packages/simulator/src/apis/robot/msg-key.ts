import * as v from 'valibot'
import { type ApiAnswer, fail } from '../../http/answers.ts'
import { parseJson, withoutNulls } from '../../utils/json.ts'
import type { Content } from '../../world/types.ts'

/** Bytes of `msgParam`; documented for groups, and taken for all. */
const LONGEST_PARAM = 15_000

const filled = v.pipe(v.string(), v.nonEmpty())
const digits = v.pipe(v.string(), v.regex(/^\d+$/))

function params(...keys: string[]) {
  return v.looseObject(Object.fromEntries(keys.map(key => [key, filled])))
}

function numbered(count: number, title: string, url: string): string[] {
  return Array.from({ length: count }, (_, index) => [`${title}${index + 1}`, `${url}${index + 1}`]).flat()
}

const actionCard = (count: number) => params('title', 'text', ...numbered(count, 'actionTitle', 'actionURL'))

/** The schema of `msgParam` for each `msgKey` (open.dingtalk.com: robot-message-type). There is none for feed cards. */
const schemas: Readonly<Record<string, v.GenericSchema<unknown, Record<string, unknown>>>> = {
  sampleText: params('content'),
  // Documented with a title; Koishi's adapter has sent none since 2023.
  sampleMarkdown: v.looseObject({ title: v.optional(v.string(), ''), text: filled }),
  sampleImageMsg: params('photoURL'),
  sampleLink: params('title', 'text', 'picUrl', 'messageUrl'),
  sampleActionCard: params('title', 'text', 'singleTitle', 'singleURL'),
  sampleActionCard2: actionCard(2),
  sampleActionCard3: actionCard(3),
  sampleActionCard4: actionCard(4),
  sampleActionCard5: actionCard(5),
  sampleActionCard6: params('title', 'text', ...numbered(2, 'buttonTitle', 'buttonUrl')),
  // In milliseconds, as text.
  sampleAudio: v.looseObject({ mediaId: filled, duration: digits }),
  sampleFile: params('mediaId', 'fileName', 'fileType'),
  // In seconds, as text.
  sampleVideo: v.looseObject({
    videoMediaId: filled,
    picMediaId: filled,
    videoType: v.literal('mp4'),
    duration: digits,
  }),
}

/** Reads `msgKey` and `msgParam`, or says no in the platform's words. */
export function parseMsg(msgKey: string, msgParam: string): Content | { readonly refusal: ApiAnswer } {
  if (msgKey === '') return refuse('invalidParameter.msgKey.empty', 'msgKey is empty')
  const schema = Object.hasOwn(schemas, msgKey) ? schemas[msgKey] : undefined
  if (!schema) return refuse('invalidParameter.msgKey.invalid', `msgKey ${msgKey} is unknown`)
  if (Buffer.byteLength(msgParam) > LONGEST_PARAM) {
    return refuse('invalidParameter.msgParam.tooLong', `msgParam is longer than ${LONGEST_PARAM} bytes`)
  }
  const parsed = v.safeParse(schema, withoutNulls(parseJson(msgParam)))
  if (!parsed.success) {
    const [issue] = parsed.issues
    return refuse('invalidParameter.msgParam.invalid', `msgParam ${v.getDotPath(issue) ?? ''}: ${issue.message}`)
  }
  const { content, title, text } = parsed.output
  if (msgKey === 'sampleText') return { kind: 'text', text: String(content) }
  if (msgKey === 'sampleMarkdown') return { kind: 'markdown', title: String(title), text: String(text) }
  return { kind: 'other', msgtype: msgKey, body: parsed.output }
}

function refuse(code: string, message: string): { readonly refusal: ApiAnswer } {
  return { refusal: fail(400, code, message) }
}
