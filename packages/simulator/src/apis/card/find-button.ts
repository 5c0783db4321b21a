import { AI_TEMPLATE, BUTTON_TEMPLATE, type Press, type Pressable, withoutSuffix } from './buttons.ts'
import type { CardButton } from './types.ts'

/** Public templates whose buttons are all in their variables: markdown, markdown with buttons, AI card and carousel. */
const closed: readonly string[] = ['589420e2-c1e2-46ef-a5ed-b8728e654da9', BUTTON_TEMPLATE, AI_TEMPLATE]

/**
 * The button that somebody means: by text, id or action, as the card is now, else as it was when it was looked at. What
 * is not found is taken for an id, where the template may have other buttons than its variables tell.
 *
 * @throws Error for a button that the card does not have, with those that it has.
 */
export function findPress(
  templateId: string,
  now: readonly Pressable[],
  seen: readonly Pressable[],
  wanted: string,
): Press {
  const found = findButton(now, wanted) ?? findButton(seen, wanted)
  if (found) return found.press
  if (!closed.includes(withoutSuffix(templateId))) return { kind: 'own', actionId: wanted, params: {} }
  const has = now.length > 0 ? `has the buttons ${namesOf(now)}` : 'has no buttons'
  throw new Error(`Nothing was clicked: the card ${has}, and none that is ${quoted(wanted)} by text, id or action.`)
}

/** By text or id, else by an action whose ids begin with its own: `approve~4f9k0`, `approve!W10`. */
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

/** Buttons of one group may share their id: it is their number that tells them apart. */
function isOfGroup({ press }: Pressable): boolean {
  return press.kind === 'group'
}

function namesOf(buttons: readonly CardButton[]): string {
  return buttons.map(({ text, id }) => `${quoted(text)} (${id || 'no id'})`).join(', ')
}

const quoted = (text: string): string => JSON.stringify(text)
