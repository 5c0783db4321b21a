import type { Fields } from '../lenient/lenient.ts'
import { wellFormed } from './card-variables.ts'
import { isOnCard, type KnownCard } from './known-card.ts'

/** Component of a card, by its id. */
export interface CardAction {
  /** Id as the platform sent it. */
  readonly id: string
  /**
   * Id without the number that the platform appends: `btn` of `btn_0` inside a loop, `approval` of `approval0` in a
   * list of buttons. Otherwise the same as `id`.
   */
  readonly baseId: string
  /** The appended number. An id of your own may end in a number, too, so compare `id` first. */
  readonly index?: number | undefined
}

/** Parts of a click that tell which button it was. */
export interface ClickedParts {
  readonly actionIds: readonly string[]
  readonly params: Fields
}

/** Facts that help to identify the button. */
export interface ButtonKnowledge {
  /** Facts kept about the card. */
  readonly card?: KnownCard | undefined
  /** True if a handler of the bot is registered for this id. */
  readonly isDeclared?: ((id: string) => boolean) | undefined
}

/**
 * Id of a button's layout node. Buttons that come from data send it instead of their own id, and it does not identify
 * them: `single_button_node_ocm3x…` (agentscope#2285, live; dingstart tutorial of 2025-09).
 */
const BUTTON_NODE = /(?:^|_)(?:button|btn)s?_node_[\w-]+$/i
/** Layout nodes of other components; a designer's own id may look alike. */
const OTHER_NODE = /(?:^|_)node_[\w-]{8,}$/i
/** Ids that AI templates send by themselves: thumbs, sharing. */
const SYSTEM_ACTION = /^sys_action_/i
/** Params that may hold a button's id, the likeliest first. */
const PLACES = ['id', 'actionId', 'action'] as const

/** True for an id of the platform's own: feedback, sharing. */
export function isSystemAction(id: string): boolean {
  return SYSTEM_ACTION.test(id)
}

/**
 * Determines the clicked button, in this order: an id that the bot put on the card; an action id given by a designer;
 * an id among the params; the button's label among those of the card. `undefined` if none of them matches.
 *
 * A designer's action id comes before the params, because in a template of your own `id` may be a business field. It is
 * not known whether `params.id` is always sent: two of three live sources saw only `params.text`.
 */
export function clickedButton({ actionIds, params }: ClickedParts, knowledge: ButtonKnowledge): CardAction | undefined {
  const { card, isDeclared = () => false } = knowledge
  const given = PLACES.map(place => idIn(params[place])).filter(id => id !== undefined)
  const whole = [...given, ...actionIds].find(id => isOnCard(card, id))
  if (whole !== undefined) return { id: whole, baseId: whole }
  // Numbers are appended to component ids only; a param such as `order42` may be a business value.
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

/** Splits an id into id and number, as far as it is known to consist of these. */
export function takeApart(id: string, isDeclared: (id: string) => boolean = () => false): CardAction {
  const all = partsOf(id)
  const declared = all.find(({ baseId }) => isDeclared(baseId))
  // With an underscore it comes from a loop; without one, only a registered id is split.
  return declared ?? all.find(({ id, baseId }) => id.charAt(baseId.length) === '_') ?? { id, baseId: id }
}

/** Possible readings of an id, the likeliest first. */
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

/** Normalised label, so that visually equal ones match. */
function folded(text: string): string {
  return wellFormed(text).normalize('NFC').replace(/\s+/g, ' ').trim()
}
