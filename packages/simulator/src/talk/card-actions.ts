import { buttonsIn, type Press, type Pressable } from '../apis/card/buttons.ts'
import { callbackParamsOf } from '../apis/card/callback-params.ts'
import type { Click, Clicked, ClickOptions } from '../apis/card/click.ts'
import { findPress } from '../apis/card/find-button.ts'
import { filledIn, formFieldsIn } from '../apis/card/form.ts'
import type { Card, Variables } from '../apis/card/types.ts'
import type { Switches } from '../options/switches.ts'
import { stableId } from '../utils/random.ts'
import type { Person } from '../world/types.ts'

/** The actions of a person on cards. */
export interface CardActions {
  /**
   * Presses a button of a card. Resolves when the bot's answer is in the card, or its 2 s are over. Rejects when the
   * user does not see the card, and at once when the card has no such button, with those that it has. A template of
   * one's own may have buttons that cannot be known; there `button` is sent as an id. A button that is gone can be
   * clicked on the card as it was before, as by somebody who is late.
   *
   * @param button its text as shown, its id, or the id of its action where that is the only one: `approve` for
   * `approve~4f9k0`. A list holds what is to stand in `actionIds`, and is sent as it is.
   * @param params what the click brings besides what the button does.
   * @example
   * const { card, response } = await alice.click('trk_1', '同意')
   */
  click(
    card: CardReference,
    button: string | readonly string[],
    params?: Readonly<Record<string, unknown>>,
    options?: ClickOptions,
  ): Promise<Clicked>
  /**
   * Fills in the form of a card and submits it, or gives it up with `cancel`. Rejects when the form is not there any
   * more, and for what the client would not send. Selections of the variable `form` may be given by value or text.
   *
   * @example
   * await alice.submit(card, { reason: 'holiday', kind: 'annual' })
   */
  submit(card: CardReference, form: Readonly<Record<string, unknown>>, options?: SubmitOptions): Promise<Clicked>
  /**
   * Presses a thumb below an AI card, or passes the card on.
   *
   * @example
   * await alice.feedback(card, 'dislike')
   */
  feedback(card: CardReference, feedback: Feedback): Promise<Clicked>
}

/** Feedback on an AI card: a thumb up or down, `none` to take a thumb back, `share` to pass the card on. */
export type Feedback = 'like' | 'dislike' | 'none' | 'share'

/**
 * A card, or its `outTrackId`. A `Card` that was looked at earlier stands for the card as it was then: its buttons can
 * be clicked although they are gone.
 */
export type CardReference = string | ({ readonly outTrackId: string } & Partial<Pick<Card, 'viewFor' | 'status'>>)

/** Options of `alice.submit()`. */
export interface SubmitOptions extends ClickOptions {
  /** The `actionIds` of the callback, by default those of the card, else `form`. */
  readonly actionId?: string
  /** True to give the form up: calls back with `user_cancel` and no values. False by default. */
  readonly cancel?: boolean
}

export interface CardActionsDeps {
  readonly cards: ReadonlyMap<string, Card>
  readonly switches: Switches
  readonly click: (click: Click) => Promise<Clicked>
}

/** A card as it is, and as it was when somebody looked at it. */
interface Sight {
  readonly card: Card | undefined
  readonly outTrackId: string
  readonly variables: Variables
  readonly now: readonly Pressable[]
  readonly seen: readonly Pressable[]
}

export function createCardActions({ cards, switches, click }: CardActionsDeps, person: Person): CardActions {
  const send = (outTrackId: string, press: Pick<Click, 'actionIds' | 'params'>, options: ClickOptions = {}) =>
    click({ person, outTrackId, ...press, ...options })
  const look = (reference: CardReference) => lookAt(cards, person, reference)
  return {
    async click(reference, button, given = {}, options) {
      const { card, outTrackId, now, seen } = look(reference)
      if (typeof button !== 'string') return send(outTrackId, { actionIds: button, params: given }, options)
      const unknown: Press = { kind: 'own', actionId: button, params: {} }
      const press = card ? findPress(card.templateId, now, seen, button) : unknown
      const { actionIds, params } = callbackParamsOf(press, outTrackId, switches)
      return send(outTrackId, { actionIds, params: { ...params, ...given } }, options)
    },
    async submit(reference, given, { actionId, cancel = false, ...options } = {}) {
      const sight = look(reference)
      const actionIds = [actionId ?? formIdIn(sight, cancel) ?? 'form']
      if (cancel) return send(sight.outTrackId, { actionIds, params: { user_cancel: 'true' } }, options)
      const fields = formFieldsIn(sight.variables)
      const form = fields ? filledIn(fields, given) : given
      const chosen = (fields ?? []).filter(({ name, options: choices = [] }) => name in given && choices.length > 0)
      for (const _ of switches.formNoise ? chosen : []) {
        await send(sight.outTrackId, { actionIds, params: { fromConfig: { fields } } }, options)
      }
      return send(sight.outTrackId, { actionIds, params: { form } }, options)
    },
    async feedback(reference, feedback) {
      const { outTrackId } = look(reference)
      return send(outTrackId, feedbackCall(outTrackId, feedback))
    },
  }
}

function lookAt(cards: ReadonlyMap<string, Card>, person: Person, reference: CardReference): Sight {
  const before = typeof reference === 'string' ? { outTrackId: reference } : reference
  const { outTrackId } = before
  const card = cards.get(outTrackId)
  const old = before.viewFor?.(person)
  const variables = card?.viewFor(person) ?? {}
  return {
    card,
    outTrackId,
    variables,
    now: card ? buttonsIn(card, variables) : [],
    seen: card && old ? buttonsIn({ templateId: card.templateId, status: before.status }, old) : [],
  }
}

/** The `actionIds` of a form. */
function formIdIn({ variables, now, seen }: Sight, cancel: boolean): string | undefined {
  const sends = cancel ? 'user_cancel' : 'form'
  const presses = [...now, ...seen].map(({ press }) => press)
  const press = presses.find(press => press.kind === 'own' && sends in press.params)
  if (press?.kind === 'own') return press.actionId
  const { card_status, question_id } = variables
  if (question_id === undefined || card_status === undefined) return undefined
  throw new Error(`Nothing was submitted: the form is not there any more, its card_status is ${card_status}.`)
}

/**
 * The thumbs are a component of AI templates that has a private variable of its own (jiangbo-li's smart-agent, a Java
 * bot). unproven: that passing a card on brings no params.
 */
function feedbackCall(outTrackId: string, feedback: Feedback): Pick<Click, 'actionIds' | 'params'> {
  if (feedback === 'share') return { actionIds: ['sys_action_ai_card_share'], params: {} }
  const variableKey = `node_${stableId('thumbs', outTrackId).hex.slice(0, 12)}_likeOrDislike`
  return { actionIds: ['sys_action_like_component'], params: { variableKey, variableValue: feedback } }
}
