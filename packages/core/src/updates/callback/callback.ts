import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, withPayload } from '../lenient/payload.ts'
import type { Update } from '../update.ts'
import { actionIdsIn } from './action-ids.ts'
import { type ButtonKnowledge, type CardAction, clickedButton, takeApart } from './clicked-button.ts'

export type { CardAction } from './clicked-button.ts'

/** Somebody used a card (event-callback-card). There is no id of the click and no time. */
export interface CardCallback extends FromPayload {
  /** `actionCallback`. */
  readonly type: string
  /** Which card; `''` for cards of the AI assistant. */
  readonly outTrackId: string
  /** Who clicked: in a group that may be anybody. `''` when missing. A unionId where `userIdType` is 2. */
  readonly userId: string
  /** What `userId` is: 1 a userId, 2 a unionId, as the card was sent. Missing where nobody says so: then it is 1. */
  readonly userIdType?: number | undefined
  readonly corpId?: string | undefined
  /** In all captures `im`; `IM`, `im_group`, `IM_GROUP` and `IM_ROBOT` are said to occur. `ctx.chat` says where it was. */
  readonly spaceType?: string | undefined
  /** Of a group its conversation id, with a prefix now and then (`dtv1.card//im.cid…`); of a private chat not known. */
  readonly spaceId?: string | undefined
  /**
   * The button that was meant, wherever the click tells: see the guide. Missing for what is no button of the bot's, such as
   * the thumbs below an AI card, and where the click does not tell.
   */
  readonly button?: CardAction | undefined
  /**
   * Ids of the components used, as they came: of a button that comes from data that is a node of the layout, which says
   * nothing. May be empty: some components call back without a meaning.
   */
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

/** A callback as it came in, before it is known which button was meant. */
export interface Click extends Omit<CardCallback, 'button' | 'actions' | keyof FromPayload> {
  readonly raw: unknown
}

/** Reads a callback of a card, in any shape seen so far. Never throws. */
export function readClick(raw: unknown): Click {
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
  return {
    ...frame,
    extension,
    actionIds,
    params,
    form,
    isCancelled,
    content,
    conversationToken: typeof conversationToken === 'string' ? conversationToken : undefined,
    raw,
  }
}

const clicks = new WeakMap<Update, Click>()

/** The click that an update brings, read once however many ask. @returns undefined for an update of another kind. */
export function clickOf(update: Update): Click | undefined {
  if (update.kind !== 'card') return undefined
  const click = clicks.get(update) ?? readClick(update.raw)
  clicks.set(update, click)
  return click
}

/**
 * Finds out which button was meant.
 *
 * @param knowledge what is known of the card, and of the handlers of the bot.
 */
export function callbackOf({ raw, conversationToken, ...click }: Click, knowledge: ButtonKnowledge = {}): CardCallback {
  const { actionIds, params, userIdType = knowledge.card?.userIdType } = click
  const callback = {
    ...click,
    userIdType,
    button: clickedButton({ actionIds, params }, knowledge),
    actions: actionIds.map(id => takeApart(id, knowledge.isDeclared)),
  }
  return withPayload(callback, raw, { conversationToken })
}
