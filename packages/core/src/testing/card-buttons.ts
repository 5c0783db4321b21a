import { fieldsOf, listOf } from './json.ts'

type Variables = Readonly<Record<string, string>>

/** Button of a card under test. */
export interface CardButton {
  /** Label. */
  readonly text: string
  /** Id: the `id` of a button that comes from data, the `actionId` of one made by the designer; `''` if it has none. */
  readonly id: string
  /** Address that it opens; then a click does not reach the bot. */
  readonly url?: string | undefined
}

/**
 * Click on a button, before the switches decide how the platform reports it (`press.ts`).
 * - `layout`: one of `msgButtons`, which the public templates draw from data
 * - `group`: one of a button group variable, in templates of your own
 * - `own`: one whose id and params are part of the template
 */
export type Press =
  | { readonly kind: 'layout'; readonly id: string; readonly text: string }
  | { readonly kind: 'group'; readonly actionId: string; readonly index: number; readonly params: Params }
  | { readonly kind: 'own'; readonly actionId: string; readonly params: Params }

type Params = Readonly<Record<string, unknown>>

/** Button, with the click that it causes. */
export interface Pressable extends CardButton {
  readonly press: Press
  readonly isDisabled?: boolean
}

/** Parts of a card that determine its buttons. */
export interface ButtonHolder {
  readonly templateId: string
  /** State of an AI card, from `1` to `5`. */
  readonly status?: string | undefined
}

export const AI_TEMPLATE = '382e4302-551d-4880-bf29-a30acfab2e71'
export const BUTTON_TEMPLATE = '1366a1eb-bc54-4859-ac88-517c56a9acb1'
export const STOP_TEMPLATE = '675cde2f-f526-40cb-b828-f5b2b57b8b77'

export function bare(templateId: string): string {
  return templateId.replace(/\.schema$/, '')
}

/**
 * Buttons that the variables of a card define. In state 1 an AI card hides them behind its loading (murray17/rovai-ai).
 */
export function buttonsIn(card: ButtonHolder, variables: Variables): readonly Pressable[] {
  if (card.status === '1') return []
  const values = Object.values(variables)
  return [
    ...values.flatMap(value => listOf(fieldsOf(value).msgButtons)).flatMap(layoutButton),
    ...values.flatMap(value => listOf(value).flatMap(groupButton)),
    ...stopButton(card, variables),
    ...formButtons(variables),
  ]
}

/**
 * Button from data. One that does not have the template's form is not drawn, such as `{ title, action }`. A button
 * without an id is drawn, and its further `params` are not sent back (CMMS work-order bot on 1366a1eb,
 * murray17/rovai-ai on 382e4302, live).
 */
function layoutButton({ text, id, url, request }: Params): Pressable[] {
  if (typeof text !== 'string' || text === '') return []
  const own = typeof id === 'string' ? id : ''
  // unproven: a button with neither `request` nor an address is assumed to call back.
  const isLink = request !== true && typeof url === 'string'
  return [{ text, id: own, ...(isLink && { url }), press: { kind: 'layout', id: own, text } }]
}

/** Button of a group as the card builder exports it; `event` is called `action` in newer ones. */
function groupButton(button: Params, index: number): Pressable[] {
  const { text, status, event, action } = button
  const { type, params } = fieldsOf(event ?? action)
  const { actionId, url, params: given } = fieldsOf(params)
  if (typeof text !== 'string' || text === '') return []
  const shown = { text, ...(status === 'disabled' && { isDisabled: true }) }
  if (type === 'openLink') {
    return [{ ...shown, id: '', url: String(url ?? ''), press: { kind: 'group', actionId: '', index, params: {} } }]
  }
  if (type !== 'sendCardRequest' || typeof actionId !== 'string') return []
  return [{ ...shown, id: actionId, press: { kind: 'group', actionId, index, params: fieldsOf(given) } }]
}

/** Hidden in state 3 (soimy/openclaw-channel-dingtalk: card-template-v2). */
function stopButton({ templateId, status }: ButtonHolder, { stop_action }: Variables): Pressable[] {
  if (bare(templateId) !== STOP_TEMPLATE || stop_action !== 'true' || status === '3') return []
  return [{ text: '停止', id: 'btn_stop', press: { kind: 'own', actionId: 'btn_stop', params: { action: 'true' } } }]
}

/** Buttons of the public form c2a6355b (soimy/openclaw-channel-dingtalk). unproven: that its cancel button says 取消. */
function formButtons(variables: Variables): readonly Pressable[] {
  const { form, question_id = '', form_btn_text, card_status = '' } = variables
  if (form === undefined || question_id === '') return []
  if (card_status !== '' && card_status !== 'pending') return []
  const own = (text: string, params: Params): Pressable => {
    return { text, id: question_id, press: { kind: 'own', actionId: question_id, params } }
  }
  return [own(form_btn_text || '提交', { form: {} }), own('取消', { user_cancel: 'true' })]
}
