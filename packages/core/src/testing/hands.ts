import { buttonsIn, type Press, type Pressable } from './card-buttons.ts'
import { type CardState, viewOf } from './cards.ts'
import { pressOn } from './find-button.ts'
import { filledIn, formFieldsIn } from './form.ts'
import { type Clicked, type Person, unionIdOf } from './payloads.ts'
import { type Call, callOf } from './press.ts'
import type { TestSwitches } from './switches.ts'
import type { Turn } from './test-bot.ts'

/** Actions of a person on cards. */
export interface Hands {
  /**
   * Clicks a button of a card, given by the card or its outTrackId.
   *
   * An old state of a card (`TestCard`) can be clicked, too, as by somebody who is late.
   *
   * @param button its label, its id, or the id of its action if that is unique: `approve`
   * @param params further params of the click
   * @returns the turn, when the handlers have ended
   * @throws Error if the card has no such button, with a list of its buttons. In templates of your own, whose buttons
   * may be unknown, `button` is sent as an id instead.
   * @example
   * await alice.click(card, '同意')
   */
  click(card: CardReference, button: string, params?: object): Promise<Turn>
  /**
   * Submits the form of a card, with values by field name. In the form component (variable `form`) options may be named
   * by value or text.
   *
   * @throws Error for input that the client would not send.
   * @example
   * await alice.submit(card, { reason: '病假', days: { index: 1, value: '2' } })
   */
  submit(card: CardReference, form: Readonly<Record<string, unknown>>, options?: SubmitOptions): Promise<Turn>
  /**
   * Clicks a thumb below an AI card, or shares the card.
   *
   * @example
   * await alice.feedback(card, 'like')
   */
  feedback(card: CardReference, feedback: Feedback): Promise<Turn>
}

/** Feedback on an AI card; `none` takes a thumb back. */
export type Feedback = 'like' | 'dislike' | 'none' | 'share'

/** Card, or its `outTrackId`. */
export type CardReference =
  | string
  | { readonly outTrackId: string; readonly variables?: Readonly<Record<string, string>> }

/** Options of `submit`. */
export interface SubmitOptions {
  /** Cancels the form instead. Default false. */
  readonly cancel?: boolean
}

export interface HandsDeps {
  readonly person: Person
  readonly switches: TestSwitches
  readonly find: (outTrackId: string) => CardState | undefined
}

/** Card in its present state, and as it was looked at. */
interface Sight {
  readonly clicked: Clicked
  /** Id of the person in the card. */
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

/** Value of `actionIds` that a form sends. */
function formIdIn(buttons: readonly Pressable[], cancel: boolean): string | undefined {
  const sends = cancel ? 'user_cancel' : 'form'
  const press = buttons.map(button => button.press).find(one => one.kind === 'own' && sends in one.params)
  return press?.kind === 'own' ? press.actionId : undefined
}

/**
 * Click on feedback. The thumbs are a component of AI templates with a private variable of its own (jiangbo-li's
 * smart-agent, a Java bot). unproven: that sharing a card sends no params.
 */
function feedbackCall(outTrackId: string, feedback: Feedback): Call {
  if (feedback === 'share') return { actionIds: ['sys_action_ai_card_share'], params: {} }
  const variableKey = `node_${outTrackId}_likeOrDislike`
  return { actionIds: ['sys_action_like_component'], params: { variableKey, variableValue: feedback } }
}
