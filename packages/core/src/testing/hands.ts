import { buttonsIn, type Press, type Pressable } from './card-buttons.ts'
import { type CardState, viewOf } from './cards.ts'
import { pressOn } from './find-button.ts'
import { filledIn, formFieldsIn } from './form.ts'
import { type Clicked, type Person, unionIdOf } from './payloads.ts'
import { type Call, callOf } from './press.ts'
import type { TestSwitches } from './switches.ts'
import type { Turn } from './turn.ts'

/** What somebody can do with cards. */
export interface Hands {
  /**
   * Clicks a button of a card, by the card or its outTrackId.
   *
   * Rejects at once when the card has no such button, and names those that it has. A template of one's own may have
   * buttons that cannot be known; there `button` is sent as an id. A button that is gone can be clicked on the card as
   * it was before, as by somebody who is late.
   *
   * @param button its text as shown, its id, or the id of its action where that is the only one: `approve`.
   * @param params what the click brings besides what the button does.
   * @example
   * await alice.click(card, '同意')
   */
  click(card: CardReference, button: string, params?: object): Promise<Turn>
  /**
   * Submits the form of a card, with its fields by name. Of the form component (the variable `form`) selections may be
   * given by value or text; rejects for what the client would not send.
   *
   * @example
   * await alice.submit(card, { reason: '病假', days: { index: 1, value: '2' } })
   */
  submit(card: CardReference, form: Readonly<Record<string, unknown>>, options?: SubmitOptions): Promise<Turn>
  /** Presses a thumb below an AI card, or passes the card on. */
  feedback(card: CardReference, feedback: Feedback): Promise<Turn>
}

/** `none` takes a thumb back. */
export type Feedback = 'like' | 'dislike' | 'none' | 'share'

/** A card, or its `outTrackId`. */
export type CardReference =
  | string
  | { readonly outTrackId: string; readonly variables?: Readonly<Record<string, string>> }

export interface SubmitOptions {
  /** Gives the form up instead. */
  readonly cancel?: boolean
}

export interface HandsDeps {
  readonly person: Person
  readonly switches: TestSwitches
  readonly find: (outTrackId: string) => CardState | undefined
}

/** A card as it is, and as it was when somebody looked at it. */
interface Sight {
  readonly clicked: Clicked
  /** What stands for the person in the card. */
  readonly id: string
  readonly card: CardState | undefined
  readonly variables: Readonly<Record<string, string>>
  readonly now: readonly Pressable[]
  readonly seen: readonly Pressable[]
}

export function createHands(
  { person, switches, find }: HandsDeps,
  act: (clicked: Clicked, id: string, call: Call) => Promise<Turn>,
): Hands {
  const look = (reference: CardReference): Sight => {
    const { outTrackId, variables: old } = typeof reference === 'string' ? { outTrackId: reference } : reference
    const card = find(outTrackId)
    const userIdType = card?.userIdType ?? 1
    const id = userIdType === 2 ? unionIdOf(person) : person.userId
    const variables = card ? viewOf(card, id) : {}
    const now = card ? buttonsIn(card, variables) : []
    const seen = card && old ? buttonsIn({ templateId: card.templateId, status: old.flowStatus }, old) : []
    return { clicked: { outTrackId, userIdType }, id, card, variables, now, seen }
  }
  return {
    async click(reference, button, given = {}) {
      const { clicked, id, card, now, seen } = look(reference)
      const unknown: Press = { kind: 'own', actionId: button, params: {} }
      const press = card ? pressOn(card.templateId, now, seen, button) : unknown
      const { actionIds, params } = callOf(press, clicked.outTrackId, switches)
      return act(clicked, id, { actionIds, params: { ...params, ...given } })
    },
    async submit(reference, given, { cancel = false } = {}) {
      const { clicked, id, variables, ...sight } = look(reference)
      const actionIds = [formIdIn([...sight.now, ...sight.seen], cancel) ?? 'form']
      if (cancel) return act(clicked, id, { actionIds, params: { user_cancel: 'true' } })
      const fields = formFieldsIn(variables)
      const form = fields ? filledIn(fields, given) : given
      const chosen = (fields ?? []).filter(({ name, options = [] }) => name in given && options.length > 0)
      for (const _ of switches.formNoise ? chosen : []) {
        await act(clicked, id, { actionIds, params: { fromConfig: { fields } } })
      }
      return act(clicked, id, { actionIds, params: { form } })
    },
    async feedback(reference, feedback) {
      const { clicked, id } = look(reference)
      return act(clicked, id, feedbackCall(clicked.outTrackId, feedback))
    },
  }
}

/** What a form sends in `actionIds`. */
function formIdIn(buttons: readonly Pressable[], cancel: boolean): string | undefined {
  const sends = cancel ? 'user_cancel' : 'form'
  const press = buttons.map(button => button.press).find(one => one.kind === 'own' && sends in one.params)
  return press?.kind === 'own' ? press.actionId : undefined
}

/**
 * The thumbs are a component of AI templates that has a private variable of its own (jiangbo-li's smart-agent, a Java
 * bot). unproven: that passing a card on brings no params.
 */
function feedbackCall(outTrackId: string, feedback: Feedback): Call {
  if (feedback === 'share') return { actionIds: ['sys_action_ai_card_share'], params: {} }
  const variableKey = `node_${outTrackId}_likeOrDislike`
  return { actionIds: ['sys_action_like_component'], params: { variableKey, variableValue: feedback } }
}
