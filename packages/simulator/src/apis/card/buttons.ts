import { fieldsOf, listOf } from '../../utils/fields.ts'
import type { CardButton, CardStatus, Variables } from './types.ts'

/**
 * The button that is pressed, before `callback-params.ts` converts it by the switches.
 * - `layout`: one of `msgButtons`, which the public templates draw from data
 * - `group`: one of a button group variable, which templates of one's own have
 * - `own`: one whose id and params stand in the template
 */
export type Press =
  | { readonly kind: 'layout'; readonly id: string; readonly text: string }
  | { readonly kind: 'group'; readonly actionId: string; readonly index: number; readonly params: Params }
  | { readonly kind: 'own'; readonly actionId: string; readonly params: Params }

type Params = Readonly<Record<string, unknown>>

/** A button as it is drawn, and what it is to press it. */
export interface Pressable extends CardButton {
  readonly press: Press
  readonly color?: ButtonColor
  readonly isDisabled?: boolean
}

const colors = ['blue', 'gray', 'red', 'green'] as const
type ButtonColor = (typeof colors)[number]

/** A card as far as its buttons go. */
export interface ButtonHolder {
  readonly templateId: string
  readonly status: CardStatus | undefined
}

export const AI_TEMPLATE = '382e4302-551d-4880-bf29-a30acfab2e71'
export const BUTTON_TEMPLATE = '1366a1eb-bc54-4859-ac88-517c56a9acb1'
export const STOP_TEMPLATE = '675cde2f-f526-40cb-b828-f5b2b57b8b77'

export function withoutSuffix(templateId: string): string {
  return templateId.replace(/\.schema$/, '')
}

/** The buttons that the variables of a card tell of. In state 1 an AI card hides them behind its loading (murray17/rovai-ai). */
export function buttonsIn(card: ButtonHolder, variables: Variables): readonly Pressable[] {
  if (card.status === 'processing') return []
  const values = Object.values(variables)
  return [
    ...values.flatMap(value => listOf(fieldsOf(value).msgButtons)).flatMap(layoutButton),
    ...values.flatMap(value => listOf(value).flatMap(groupButton)),
    ...stopButton(card, variables),
    ...formButtons(variables),
  ]
}

/**
 * Converts a button of `msgButtons`. One in another form is not drawn, as `{ title, action }`. A button without an id is
 * one all the same, and its further `params` never come back (CMMS work-order bot on 1366a1eb, murray17/rovai-ai on 382e4302, live).
 */
function layoutButton({ text, id, url, color, request }: Params): Pressable[] {
  if (typeof text !== 'string' || text === '') return []
  const own = typeof id === 'string' ? id : ''
  // unproven: a button with neither `request` nor an address is taken for one that calls back.
  const isLink = request !== true && typeof url === 'string'
  return [{ text, id: own, ...(isLink && { url }), ...colorOf(color), press: { kind: 'layout', id: own, text } }]
}

function colorOf(color: unknown): Pick<Pressable, 'color'> {
  const known = colors.find(one => one === color)
  return known ? { color: known } : {}
}

/** A button group as the card builder exports it; `event` is called `action` in newer ones. */
function groupButton(button: Params, index: number): Pressable[] {
  const { text, color, status, event, action } = button
  const { type, params } = fieldsOf(event ?? action)
  const { actionId, url, params: given } = fieldsOf(params)
  if (typeof text !== 'string' || text === '') return []
  const shown = { text, ...colorOf(color), ...(status === 'disabled' && { isDisabled: true }) }
  if (type === 'openLink') {
    return [{ ...shown, id: '', url: String(url ?? ''), press: { kind: 'group', actionId: '', index, params: {} } }]
  }
  if (type !== 'sendCardRequest' || typeof actionId !== 'string') return []
  return [{ ...shown, id: actionId, press: { kind: 'group', actionId, index, params: fieldsOf(given) } }]
}

/** Hidden in state 3 (soimy/openclaw-channel-dingtalk: card-template-v2). */
function stopButton({ templateId, status }: ButtonHolder, { stop_action }: Variables): Pressable[] {
  if (withoutSuffix(templateId) !== STOP_TEMPLATE || stop_action !== 'true' || status === 'finished') return []
  return [{ text: '停止', id: 'btn_stop', press: { kind: 'own', actionId: 'btn_stop', params: { action: 'true' } } }]
}

/** The buttons of the public form: see `form.ts`. unproven: that its cancel button says 取消. */
function formButtons(variables: Variables): readonly Pressable[] {
  const { form, question_id = '', form_btn_text, card_status = '' } = variables
  if (form === undefined || question_id === '') return []
  if (card_status !== '' && card_status !== 'pending') return []
  const own = (text: string, params: Params): Pressable => {
    return { text, id: question_id, press: { kind: 'own', actionId: question_id, params } }
  }
  return [own(form_btn_text || '提交', { form: {} }), own('取消', { user_cancel: 'true' })]
}
