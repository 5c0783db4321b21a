import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, withPayload } from '../lenient/payload.ts'
import { actionIdsIn } from './action-ids.ts'
import { type ButtonKnowledge, type CardAction, clickedButton, takeApart } from './clicked-button.ts'

export type { CardAction } from './clicked-button.ts'

/**
 * Click on a card, or form submission (`ctx.callback`; event-callback-card). The platform sends neither an id nor a
 * time of the click.
 */
export interface CardCallback extends FromPayload {
  /** Type of the callback: `actionCallback`. */
  readonly type: string
  /** Id of the card; `''` for cards of the AI assistant. */
  readonly outTrackId: string
  /** userId of the person who clicked, in a group possibly anybody. A unionId if `userIdType` is 2; `''` if missing. */
  readonly userId: string
  /** Type of `userId`: 1 for a userId, 2 for a unionId, depending on how the card was sent. If missing, it is 1. */
  readonly userIdType?: number | undefined
  /** Organisation. */
  readonly corpId?: string | undefined
  /**
   * Type of the conversation: `im` in all captures; `IM`, `im_group`, `IM_GROUP` and `IM_ROBOT` are reported. Prefer
   * `ctx.chat`.
   */
  readonly spaceType?: string | undefined
  /**
   * Id of the conversation: for a group its conversation id, sometimes with a prefix (`dtv1.card//im.cid…`); unknown
   * for private chats. Prefer `ctx.chat`.
   */
  readonly spaceId?: string | undefined
  /**
   * The button that was clicked. Missing for other components, such as the thumbs below an AI card, and if the click
   * does not tell.
   */
  readonly button?: CardAction | undefined
  /**
   * Ids of the components used, as the platform sends them. For a button whose label comes from data it is the id of a
   * layout node, which does not identify it: use `button`. May be empty.
   */
  readonly actionIds: readonly string[]
  /** The same ids, parsed. */
  readonly actions: readonly CardAction[]
  /** Parameters that the card sends along; mostly strings, but booleans and objects occur. */
  readonly params: lenient.Fields
  /** Fields of a submitted form; see `formValuesOf`. */
  readonly form?: lenient.Fields | undefined
  /** True if a form was cancelled. */
  readonly isCancelled: boolean
  /** Extension data of the callback. */
  readonly extension: lenient.Fields
  /** The whole content, parsed. */
  readonly content: lenient.Fields
  /** Token for answers, in cards of the AI assistant only. A secret, so not enumerable. */
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

/**
 * Parses a callback of a card, in any form seen so far. Never throws.
 *
 * @param knowledge facts about the card, by which the clicked button is found
 */
export function parseCardCallback(raw: unknown, knowledge: ButtonKnowledge = {}): CardCallback {
  const fields = lenient.recordOf(raw) ?? {}
  const { conversationToken } = fields
  // `value` is an older twin of `content`.
  const content = lenient.recordOf(fields.content) ?? lenient.recordOf(fields.value) ?? {}
  const inner = lenient.recordOf(content.cardPrivateData) ?? lenient.recordOf(fields.cardPrivateData) ?? {}
  // Params are in `cardPrivateData` or beside it.
  const params = { ...lenient.recordOf(content.params), ...lenient.recordOf(inner.params) }
  const { form, user_cancel: isCancelled = false } = v.parse(Params, params)
  const actionIds = actionIdsIn([inner, content, fields])
  const { extension = {}, userIdType = knowledge.card?.userIdType, ...frame } = v.parse(Frame, fields)
  const callback = {
    ...frame,
    userIdType,
    extension,
    button: clickedButton({ actionIds, params }, knowledge),
    actionIds,
    actions: actionIds.map(id => takeApart(id, knowledge.isDeclared)),
    params,
    form,
    isCancelled,
    content,
  }
  return withPayload(callback, raw, {
    conversationToken: typeof conversationToken === 'string' ? conversationToken : undefined,
  })
}
