import * as v from 'valibot'
import type { Content } from '../world/types.ts'

const filled = v.pipe(v.string(), v.nonEmpty())
const at = v.optional(
  v.looseObject({
    // The official Python client sends the null that stands for somebody without userId; whom it reaches is unknown.
    atUserIds: v.optional(v.array(v.nullable(v.string()))),
    atMobiles: v.optional(v.array(v.string())),
    atDingtalkIds: v.optional(v.array(v.string())),
    isAtAll: v.optional(v.boolean()),
  }),
)
const orientation = v.optional(v.picklist(['0', '1']))

const actionCard = v.union([
  v.looseObject({ title: filled, text: filled, singleTitle: filled, singleURL: filled, btnOrientation: orientation }),
  v.looseObject({
    title: filled,
    text: filled,
    btns: v.pipe(v.array(v.looseObject({ title: filled, actionURL: filled })), v.nonEmpty()),
    btnOrientation: orientation,
  }),
])
const links = v.pipe(v.array(v.looseObject({ title: filled, messageURL: filled, picURL: filled })), v.nonEmpty())
const link = v.looseObject({ title: filled, text: filled, messageUrl: filled, picUrl: v.optional(v.string()) })

const schema = v.variant('msgtype', [
  v.looseObject({ msgtype: v.literal('text'), text: v.looseObject({ content: filled }), at }),
  v.looseObject({ msgtype: v.literal('markdown'), markdown: v.looseObject({ title: filled, text: filled }), at }),
  v.looseObject({ msgtype: v.literal('link'), link }),
  v.looseObject({ msgtype: v.literal('actionCard'), actionCard }),
  v.looseObject({ msgtype: v.literal('feedCard'), feedCard: v.looseObject({ links }) }),
  v.looseObject({ msgtype: v.literal('empty') }),
])

const supported: readonly string[] = ['text', 'markdown', 'link', 'actionCard', 'feedCard', 'empty']

export type WebhookBody =
  | { readonly kind: 'shown'; readonly content: Content }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'wrong'; readonly problem: string }

/** Reads the body of a session webhook. */
export function parseWebhookBody(json: unknown): WebhookBody {
  const envelope = v.safeParse(v.looseObject({ msgtype: filled }), json)
  if (!envelope.success) return { kind: 'wrong', problem: 'msgtype is missing' }
  if (!supported.includes(envelope.output.msgtype)) return { kind: 'unsupported' }
  const parsed = v.safeParse(schema, json)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return { kind: 'wrong', problem: `${v.getDotPath(issue) ?? 'body'}: ${issue.message}` }
  }
  const body = parsed.output
  switch (body.msgtype) {
    case 'text':
      return { kind: 'shown', content: { kind: 'text', text: body.text.content } }
    case 'markdown':
      return { kind: 'shown', content: { kind: 'markdown', title: body.markdown.title, text: body.markdown.text } }
    case 'empty':
      return { kind: 'empty' }
    default:
      return { kind: 'shown', content: { kind: 'other', msgtype: body.msgtype, body } }
  }
}
