import { isRecord, recordOf } from '../lenient/lenient.ts'

/** A button that a card shows. */
export interface CardButton {
  readonly text: string
  /** What a click calls back with. */
  readonly id: string
  /** Opened instead, so that nobody is called. */
  readonly url?: string | undefined
}

/** A button, and what a click on it brings along. */
export interface Pressable extends CardButton {
  readonly params?: object
}

type Variables = Readonly<Record<string, string>>

/** Public templates whose buttons are all in their variables: markdown, markdown with buttons, AI card and carousel. */
const CLOSED = [
  '589420e2-c1e2-46ef-a5ed-b8728e654da9',
  '1366a1eb-bc54-4859-ac88-517c56a9acb1',
  '382e4302-551d-4880-bf29-a30acfab2e71',
]

/** Whether a card has no other buttons than {@link buttonsIn} finds: a template of one's own may have any. */
export function isClosed(templateId: string): boolean {
  return CLOSED.includes(templateId.replace(/\.schema$/, ''))
}

/** The buttons in the variables of a card: `msgButtons` of whichever variable is the layout, or those of a form. */
export function buttonsIn(variables: Variables): readonly Pressable[] {
  const lists = Object.values(variables).map(value => (value.startsWith('{') ? recordOf(value)?.msgButtons : undefined))
  const laidOut = lists.flatMap(list => (Array.isArray(list) ? list.filter(isRecord).map(buttonOf) : []))
  return [...laidOut, ...formButtons(variables)]
}

// A button with `request` calls back, another one opens its address.
function buttonOf({ text, id, url, request }: Readonly<Record<string, unknown>>): CardButton {
  const isLink = request !== true && typeof url === 'string'
  return { text: String(text ?? ''), id: String(id ?? ''), ...(isLink && { url }) }
}

/** As the guide has the template of a form: it is there while `status` is empty. */
function formButtons({ fields, submitText, cancelText, status }: Variables): readonly Pressable[] {
  if (fields === undefined || status) return []
  return [
    ...(submitText ? [{ text: submitText, id: 'submit', params: { form: {} } }] : []),
    ...(cancelText ? [{ text: cancelText, id: 'cancel', params: { user_cancel: 'true' } }] : []),
  ]
}

/**
 * The button that somebody means: by its text or id, else by the action whose buttons have ids that begin with its own.
 *
 * @throws Error when several are meant, or one that opens an address.
 */
export function findButton(buttons: readonly Pressable[], wanted: string): Pressable | undefined {
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

/** A card is clicked where it has nothing to be clicked. */
export function noSuchButton(buttons: readonly CardButton[], wanted: string): Error {
  const has = buttons.length > 0 ? `has the buttons ${listOf(buttons)}` : 'has no buttons'
  return new Error(`Nothing was clicked: the card ${has}, and none that is ${quoted(wanted)} by text, id or action.`)
}

function listOf(buttons: readonly CardButton[]): string {
  return buttons.map(({ text, id }) => `${quoted(text)} (${id || 'no id'})`).join(', ')
}

const quoted = (text: string): string => JSON.stringify(text)
