import type { Fields } from '../lenient/lenient.ts'
import { wellFormed } from './card-variables.ts'
import { isOnCard, type KnownCard } from './known-card.ts'

/** A component of a card, by its id. */
export interface CardAction {
  /** As it came. */
  readonly id: string
  /**
   * Without the number that the platform appends to it: `btn` of `btn_0` inside a loop, `approval` of `approval0` in a list
   * of buttons. Else the same as `id`.
   */
  readonly baseId: string
  /** That number. Hint: an id may end in a number of its own; so compare `id` first. */
  readonly index?: number | undefined
}

/** By what a click says which button was meant. */
export interface ClickedParts {
  readonly actionIds: readonly string[]
  readonly params: Fields
}

/** What helps to understand it. */
export interface ButtonKnowledge {
  /** What is kept of the card. */
  readonly card?: KnownCard | undefined
  /** Whether a handler of the bot has that id. */
  readonly isDeclared?: ((id: string) => boolean) | undefined
}

/**
 * The node of a button in the layout of a template. Buttons that come from data call back with it instead of their own id,
 * and it identifies nothing: `single_button_node_ocm3x…` (agentscope#2285, live; dingstart tutorial of 2025-09).
 */
const BUTTON_NODE = /(?:^|_)(?:button|btn)s?_node_[\w-]+$/i
/** Nodes of other components look alike; but a designer may have named one so. */
const OTHER_NODE = /(?:^|_)node_[\w-]{8,}$/i
/** What AI templates send by themselves: the thumbs, sharing. */
const SYSTEM_ACTION = /^sys_action_/i
/** Where the ids of buttons stand besides `actionIds`, the likeliest first. */
const PLACES = ['id', 'actionId', 'action'] as const

/** Whether an id is of the platform's own: feedback, sharing. */
export function isSystemAction(id: string): boolean {
  return SYSTEM_ACTION.test(id)
}

/**
 * Which button was meant, in this order: an id that the bot put on that card; an action id that a designer gave;
 * an id among the params; what the button says, among the buttons of that card. `undefined` where none of them tells.
 *
 * An action id that a designer gave goes before the params, because on a template of one's own `id` may be a field of the
 * business. Whether `params.id` always comes is not known: of three live sources two saw `params.text` alone.
 */
export function clickedButton({ actionIds, params }: ClickedParts, knowledge: ButtonKnowledge): CardAction | undefined {
  const { card, isDeclared = () => false } = knowledge
  const given = PLACES.map(place => idIn(params[place])).filter(id => id !== undefined)
  const whole = [...given, ...actionIds].find(id => isOnCard(card, id))
  if (whole !== undefined) return { id: whole, baseId: whole }
  // A number is appended to the ids of components alone: among the params, `order42` may be of the business.
  for (const id of actionIds) {
    const own = partsOf(id).find(({ baseId }) => isOnCard(card, baseId))
    if (own) return own
  }
  const isOwn = (id: string): boolean => isDeclared(id) || partsOf(id).some(({ baseId }) => isDeclared(baseId))
  const [designed] = actionIds.filter(id => isOwn(id) || !(isNode(id) || isSystemAction(id)))
  if (designed !== undefined) return takeApart(designed, isDeclared)
  if (actionIds.some(isSystemAction)) return undefined
  const [named] = given
  if (named !== undefined) return takeApart(named, isDeclared)
  if (typeof params.text === 'string') {
    const labelled = labelledIn(card, params.text)
    return labelled === undefined ? undefined : { id: labelled, baseId: labelled }
  }
  const [looksLikeNode] = actionIds.filter(id => !BUTTON_NODE.test(id))
  return looksLikeNode === undefined ? undefined : takeApart(looksLikeNode, isDeclared)
}

/** Takes an id apart as far as it is known to consist of an id and a number. */
export function takeApart(id: string, isDeclared: (id: string) => boolean = () => false): CardAction {
  const all = partsOf(id)
  const declared = all.find(({ baseId }) => isDeclared(baseId))
  // Inside a loop, whatever the bot knows; without an underscore only what it does know.
  return declared ?? all.find(({ id, baseId }) => id.charAt(baseId.length) === '_') ?? { id, baseId: id }
}

/** The ways in which an id can be read, the likeliest first. */
function partsOf(id: string): readonly CardAction[] {
  const [, looped, index] = /^(.+)_(\d+)$/.exec(id) ?? []
  const [digits = ''] = /\d{1,3}$/.exec(id) ?? []
  const appended = Array.from(digits, (_, at) => digits.length - at)
    .toReversed()
    .map(length => ({ id, baseId: id.slice(0, -length), index: Number(id.slice(-length)) }))
    .filter(({ baseId }) => baseId !== '' && !baseId.endsWith('_'))
  return [
    { id, baseId: id },
    ...(looped === undefined ? [] : [{ id, baseId: looped, index: Number(index) }]),
    ...appended,
  ]
}

function isNode(id: string): boolean {
  return BUTTON_NODE.test(id) || OTHER_NODE.test(id)
}

function idIn(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function labelledIn({ labels = {} }: KnownCard = {}, text: string): string | undefined {
  if (Object.hasOwn(labels, text)) return labels[text] ?? undefined
  const found = Object.entries(labels).find(([label]) => folded(label) === folded(text))
  return found?.[1] ?? undefined
}

/** As two people would take it for the same. */
function folded(text: string): string {
  return wellFormed(text).normalize('NFC').replace(/\s+/g, ' ').trim()
}
