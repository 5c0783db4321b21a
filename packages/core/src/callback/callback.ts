import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, withPayload } from '../lenient/payload.ts'
import { actionIdsIn } from './action-ids.ts'

/** A component of a card that was clicked. */
export interface CardAction {
  /** As in `actionIds`. */
  readonly id: string
  /** Inside a loop the platform appends a number to the id of the component: `btn` of `btn_0`. Else the same as `id`. */
  readonly baseId: string
  /** That number. Hint: an id may end in a number of its own; so compare `id` first. */
  readonly index?: number | undefined
}

/** Somebody used a card (event-callback-card). There is no id of the click and no time. */
export interface CardCallback extends FromPayload {
  /** `actionCallback`. */
  readonly type: string
  /** Which card; `''` for cards of the AI assistant. */
  readonly outTrackId: string
  /** Who clicked: in a group that may be anybody. `''` when missing. */
  readonly userId: string
  /** `1` when `userId` is a userId. */
  readonly userIdType?: number | undefined
  readonly corpId?: string | undefined
  /** `IM_GROUP` or `IM_ROBOT`. */
  readonly spaceType?: string | undefined
  /** Of a group its conversation id, of a chat with the bot the userId of the person. */
  readonly spaceId?: string | undefined
  /** Ids of the components used. May be empty: some components call back without a meaning. */
  readonly actionIds: readonly string[]
  /** The same, taken apart. */
  readonly actions: readonly CardAction[]
  /** What the card sends along; mostly text, but booleans and objects occur. */
  readonly params: lenient.Fields
  /** The fields of a form that was submitted. */
  readonly form?: lenient.Fields | undefined
  /** Whether a form was cancelled. */
  readonly isCancelled: boolean
  readonly extension: lenient.Fields
  /** The whole content, parsed. */
  readonly content: lenient.Fields
  /** Cards of the AI assistant only: what answers need. A secret, so not enumerable. */
  readonly conversationToken?: string | undefined
}

const { text, id, number, record, flag } = lenient
const Frame = v.object({
  type: v.fallback(v.string(), ''),
  outTrackId: v.fallback(v.string(), ''),
  userId: v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), ''),
  userIdType: number,
  corpId: text,
  spaceType: text,
  spaceId: id,
  extension: record,
})

const Params = v.object({ form: record, user_cancel: flag })

/** Reads a callback of a card, in any shape seen so far. Never throws. */
export function parseCardCallback(raw: unknown): CardCallback {
  const fields = lenient.recordOf(raw) ?? {}
  const { conversationToken } = fields
  // `value` is an older twin of `content`.
  const content = lenient.recordOf(fields.content) ?? lenient.recordOf(fields.value) ?? {}
  const inner = lenient.recordOf(content.cardPrivateData) ?? lenient.recordOf(fields.cardPrivateData) ?? {}
  // Params stand in `cardPrivateData` or beside it.
  const params = { ...lenient.recordOf(content.params), ...lenient.recordOf(inner.params) }
  const { form, user_cancel: isCancelled = false } = v.parse(Params, params)
  const actionIds = actionIdsIn([inner, content, fields])
  const { extension = {}, ...frame } = v.parse(Frame, fields)
  const callback = {
    ...frame,
    extension,
    actionIds,
    actions: actionIds.map(takeApart),
    params,
    form,
    isCancelled,
    content,
  }
  return withPayload(callback, raw, {
    conversationToken: typeof conversationToken === 'string' ? conversationToken : undefined,
  })
}

function takeApart(actionId: string): CardAction {
  const [, baseId, index] = /^(.+)_(\d+)$/.exec(actionId) ?? []
  return baseId === undefined ? { id: actionId, baseId: actionId } : { id: actionId, baseId, index: Number(index) }
}
