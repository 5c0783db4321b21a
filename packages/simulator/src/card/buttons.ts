import type { Card, Variables } from './types.ts'

/** A button that a card shows. */
export interface CardButton {
  readonly text: string
  /** What a click calls back with. */
  readonly id: string
  /** Opened instead, so that nobody is called. */
  readonly url?: string
}

/** A button, and what a click on it brings along. */
export interface Pressable extends CardButton {
  readonly params?: Readonly<Record<string, unknown>>
}

/** Public templates whose buttons are all in their variables: markdown, markdown with buttons, AI card and carousel. */
const closed = [
  '589420e2-c1e2-46ef-a5ed-b8728e654da9',
  '1366a1eb-bc54-4859-ac88-517c56a9acb1',
  '382e4302-551d-4880-bf29-a30acfab2e71',
]

/** The buttons in the variables of a card: `msgButtons` of whichever variable is the layout, or those of a form. */
export function buttonsIn(variables: Variables): readonly Pressable[] {
  const lists = Object.values(variables).map(value => (value.startsWith('{') ? fieldsOf(value).msgButtons : undefined))
  const laidOut = lists.flatMap(list => (Array.isArray(list) ? list.filter(isRecord).map(buttonOf) : []))
  return [...laidOut, ...formButtons(variables)]
}

// A button with `request` calls back, another one opens its address.
function buttonOf({ text, id, url, request }: Readonly<Record<string, unknown>>): CardButton {
  const isLink = request !== true && typeof url === 'string'
  return { text: String(text ?? ''), id: String(id ?? ''), ...(isLink && { url }) }
}

/** See FORM_TEMPLATE_ID: a form is there while `status` is empty. */
function formButtons({ fields, submitText, cancelText, status }: Variables): readonly Pressable[] {
  if (fields === undefined || status) return []
  return [
    ...(submitText ? [{ text: submitText, id: 'submit', params: { form: {} } }] : []),
    ...(cancelText ? [{ text: cancelText, id: 'cancel', params: { user_cancel: 'true' } }] : []),
  ]
}

/**
 * The button that somebody means: by text, id or action, as the card is now, else as it was when it was looked at. What
 * is not found is taken for an id, where the template may have other buttons than its variables tell.
 *
 * @throws Error for a button that the card does not have, with those that it has.
 */
export function buttonOn(
  { templateId }: Pick<Card, 'templateId'>,
  now: Variables,
  seen: Variables,
  wanted: string,
): Pick<Pressable, 'id' | 'params'> {
  const buttons = buttonsIn(now)
  const found = findButton(buttons, wanted) ?? findButton(buttonsIn(seen), wanted)
  if (found) return found
  if (!closed.includes(templateId.replace(/\.schema$/, ''))) return { id: wanted }
  const has = buttons.length > 0 ? `has the buttons ${listOf(buttons)}` : 'has no buttons'
  throw new Error(`Nothing was clicked: the card ${has}, and none that is ${quoted(wanted)} by text, id or action.`)
}

/** By text or id, else by an action whose ids begin with its own: `approve~4f9k0`, `approve!W10`. */
function findButton(buttons: readonly Pressable[], wanted: string): Pressable | undefined {
  const exact = buttons.filter(({ text, id }) => wanted === text || wanted === id)
  const found = exact.length > 0 ? exact : buttons.filter(({ id }) => wanted === /^([^~!\s]+)[~!]/.exec(id)?.[1])
  const [button, ...others] = found
  if (button && others.some(({ id }) => id !== button.id)) {
    throw new Error(
      `Nothing was clicked: ${quoted(wanted)} is the name of several buttons, ${listOf(found)}. Use an id.`,
    )
  }
  if (button?.url !== undefined) {
    throw new Error(`Nothing was clicked: the button ${quoted(wanted)} opens ${button.url} and calls no bot.`)
  }
  return button
}

function listOf(buttons: readonly CardButton[]): string {
  return buttons.map(({ text, id }) => `${quoted(text)} (${id || 'no id'})`).join(', ')
}

const quoted = (text: string): string => JSON.stringify(text)

function fieldsOf(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
