import * as v from 'valibot'
import { type ApiAnswer, oapi, unproven } from '../../http/answers.ts'
import { withoutNulls } from '../../utils/json.ts'
import type { Content } from '../../world/types.ts'
import { wrongField } from './fields.ts'

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

const file = v.looseObject({ mediaId: filled, fileName: filled, fileType: filled })

const schema = v.variant('msgtype', [
  v.looseObject({ msgtype: v.literal('text'), text: v.looseObject({ content: filled }), at }),
  v.looseObject({ msgtype: v.literal('markdown'), markdown: v.looseObject({ title: filled, text: filled }), at }),
  v.looseObject({ msgtype: v.literal('link'), link }),
  v.looseObject({ msgtype: v.literal('actionCard'), actionCard }),
  v.looseObject({ msgtype: v.literal('feedCard'), feedCard: v.looseObject({ links }) }),
  // Live in several bots (soimy/openclaw-channel-dingtalk#556, QwenPaw, hermes-agent#23612). A voice is refused.
  v.looseObject({ msgtype: v.literal('image'), image: v.looseObject({ picURL: filled }) }),
  v.looseObject({ msgtype: v.literal('file'), file }),
  v.looseObject({ msgtype: v.literal('empty') }),
])

const supported: readonly string[] = ['text', 'markdown', 'link', 'actionCard', 'feedCard', 'image', 'file', 'empty']

export type WebhookBody =
  | { readonly kind: 'shown'; readonly content: Content }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly answer: ApiAnswer }

/** Reads the body of a webhook, or says no in the platform's words. */
export function parseWebhookBody(json: unknown): WebhookBody {
  const filledIn = withoutNulls(json)
  const envelope = v.safeParse(v.looseObject({ msgtype: filled }), filledIn)
  if (!envelope.success) return refused(unproven(oapi(40035, '不合法的参数: msgtype is missing')))
  const { msgtype } = envelope.output
  if (!supported.includes(msgtype)) return refused(oapi(400105, '不支持的消息类型'))
  const parsed = v.safeParse(schema, filledIn)
  if (!parsed.success) return refused(wrongField(pathOf(parsed.issues[0]) || msgtype))
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

/** Of several forms that a field may have, the first counts. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  const [inner] = issue.issues ?? []
  return [v.getDotPath(issue), inner && pathOf(inner)].filter(Boolean).join('.')
}

function refused(answer: ApiAnswer): WebhookBody {
  return { kind: 'refused', answer }
}
