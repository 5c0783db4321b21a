import { AI_TEMPLATE, BUTTON_TEMPLATE, bare, type CardButton, type Press, type Pressable } from './card-buttons.ts'

/** Public templates whose buttons are all in their variables: markdown, markdown with buttons, AI card and carousel. */
const closed: readonly string[] = ['589420e2-c1e2-46ef-a5ed-b8728e654da9', BUTTON_TEMPLATE, AI_TEMPLATE]

/**
 * Finds a button by text, id or action: on the present card, else on the card as it was looked at. If the template may
 * have further buttons, an unknown name counts as an id.
 *
 * @throws Error for a button that the card does not have, with a list of its buttons.
 */
export function pressOn(
  templateId: string,
  now: readonly Pressable[],
  seen: readonly Pressable[],
  wanted: string,
): Press {
  const found = findButton(now, wanted) ?? findButton(seen, wanted)
  if (found) return found.press
  if (!closed.includes(bare(templateId))) return { kind: 'own', actionId: wanted, params: {} }
  const has = now.length > 0 ? `has the buttons ${namesOf(now)}` : 'has no buttons'
  throw new Error(`Nothing was clicked: the card ${has}, and none that is ${quoted(wanted)} by text, id or action.`)
}

/** Finds a button by text or id, else by the action that its id begins with: `approve~4f9k0`, `approve!W10`. */
function findButton(buttons: readonly Pressable[], wanted: string): Pressable | undefined {
  const exact = buttons.filter(({ text, id }) => wanted === text || wanted === id)
  const found = exact.length > 0 ? exact : buttons.filter(({ id }) => wanted === /^([^~!\s]+)[~!]/.exec(id)?.[1])
  const [button, ...others] = found
  if (button && others.some(({ id, text }) => id !== button.id || (text !== button.text && isOfGroup(button)))) {
    throw new Error(
      `Nothing was clicked: ${quoted(wanted)} is the name of several buttons, ${namesOf(found)}. Use a text or an id that only one has.`,
    )
  }
  if (button?.url !== undefined) {
    throw new Error(`Nothing was clicked: the button ${quoted(wanted)} opens ${button.url} and calls no bot.`)
  }
  if (button?.isDisabled) throw new Error(`Nothing was clicked: the button ${quoted(wanted)} is disabled.`)
  return button
}

/** True for a button of a group, which may share its id with others and is identified by its position. */
function isOfGroup({ press }: Pressable): boolean {
  return press.kind === 'group'
}

function namesOf(buttons: readonly CardButton[]): string {
  return buttons.map(({ text, id }) => `${quoted(text)} (${id || 'no id'})`).join(', ')
}

const quoted = (text: string): string => JSON.stringify(text)
