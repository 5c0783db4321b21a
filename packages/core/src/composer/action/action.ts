import type { Context } from '../../context/context.ts'
import type { Filter } from '../../context/filter/filter.ts'
import type { CardClaim } from './card-entry.ts'
import type { StandardIssue, StandardSchemaV1 } from './standard-schema.ts'

const BRAND: unique symbol = Symbol.for('dingware.action')

/**
 * Permission to click a button: the person that the card is the answer to, anybody who sees it, or those that a
 * function accepts.
 */
export type Allowed = 'sender' | 'anyone' | ((ctx: ClickContext) => boolean | Promise<boolean>)

/** Context of a click on a card (`bot.on('card')`, `bot.action`). */
export type ClickContext = Filter<Context, 'card'>

/**
 * Options of {@link defineAction}: permissions, and handlers for clicks that are not run.
 *
 * After each of these handlers the click is answered with `{}`, unless it calls `ctx.respond`. To tell something to one
 * person, send a message: `ctx.api.send({ users: [ctx.callback.userId] }, '…')`, since `ctx.respond({ private })` is
 * visible only if the template has a private variable, and the public templates have none. To tell everybody:
 * `ctx.respond({ card: { tips: '…' } })`.
 */
export interface ActionOptions {
  /** People who may click. Default `anyone`: in a group everybody sees the card. */
  readonly allow?: Allowed | undefined
  /** Called when somebody clicks who may not. */
  readonly onDenied?: ((ctx: ClickContext) => unknown) | undefined
  /**
   * Accepts only the first click per card, among all actions with this option, and across processes that share a store.
   * If the handler throws, the next click is accepted. Default false.
   */
  readonly once?: boolean | undefined
  /** Called for later clicks, with the first one. */
  readonly onLate?: ((ctx: ClickContext, first: CardClaim) => unknown) | undefined
  /** Called when the button's data has expired or was never stored. */
  readonly onExpired?: ((ctx: ClickContext) => unknown) | undefined
  /**
   * Called when the data does not match the schema: the code has changed since the card was sent, or a form has invalid
   * values.
   */
  readonly onInvalid?: ((ctx: ClickContext, issues: readonly StandardIssue[]) => unknown) | undefined
  /** Called when a form is cancelled. */
  readonly onCancel?: ((ctx: ClickContext) => unknown) | undefined
  /**
   * Place of a button's data: `store` (default) for the bot's store, `id` for the button's id, if that has at most 64
   * characters then. Ids can be read by those who see the card, so they must not hold secrets.
   */
  readonly keep?: 'store' | 'id' | undefined
  /** Time for which the store keeps the data, in milliseconds. Default 7 days. */
  readonly ttlMs?: number | undefined
}

/** Appearance of a button. */
export interface ButtonStyle {
  /** Color. Default: that of the template. */
  readonly color?: 'blue' | 'gray' | 'red' | 'green' | undefined
}

/** Button of a card that runs an action; made by `action.button`. */
export interface ActionButton extends ButtonStyle {
  /** Label. */
  readonly text: string
  /** Id of the action. On the card it gets a suffix that identifies the button's data. */
  readonly id: string
  /** Data that the handler gets. */
  readonly data: unknown
  /** Place of the data; see {@link ActionOptions}. */
  readonly keep: 'store' | 'id'
  /** Time for which the store keeps the data, in milliseconds. */
  readonly ttlMs?: number | undefined
}

/** Button of a card that opens an address and does not call the bot. */
export interface LinkedButton extends ButtonStyle {
  /** Label. */
  readonly text: string
  /** Address to open. */
  readonly url: string
}

/** Card action made by {@link defineAction}: creates typed buttons, and selects their clicks in `bot.action`. */
export interface Action<Input = unknown, Output = Input> {
  /** Id of the action. */
  readonly id: string
  /** Schema of the data. */
  readonly schema: StandardSchemaV1<Input, Output>
  /** Options of the action. */
  readonly options: ActionOptions
  readonly [BRAND]: true
  /**
   * Creates a button for the action. With a `url` the button opens that address instead, and the bot is not called.
   *
   * @example
   * approve.button('同意', { orderId: '42' }, { color: 'blue' })
   */
  button(text: string, data: Input, style?: ButtonStyle): ActionButton
  button(text: string, data: Input, style: ButtonStyle & { readonly url: string }): LinkedButton
}

/** Context of a handler of a defined action: that of a click, plus `ctx.data`. */
export type DefinedActionContext<C, Output> = Filter<C, 'card'> & {
  /**
   * Validated data: of the button, else the values of the submitted form, else the params of the template's component.
   */
  readonly data: Output
}

const ID = /^[^~!\s]+$/

/**
 * Defines a card action: a button id with typed data, permissions and a limit of clicks. Define it once, put its
 * buttons on cards, and handle their clicks with `bot.action`.
 *
 * @param schema Standard Schema of the data, from valibot, zod, arktype or others: its input is the argument of
 * `button`, its output is `ctx.data`
 * @throws TypeError for an id that is empty or contains `~`, `!` or white space.
 * @example
 * const approve = defineAction('approve', v.object({ orderId: v.string() }), { once: true })
 * bot.action(approve, ctx => ctx.respond({ card: { tips: `${ctx.data.orderId} 已批准` } }))
 * bot.command('order', ctx =>
 *   ctx.replyMarkdownButtonCard('# 订单 42', [approve.button('同意', { orderId: '42' }, { color: 'blue' })]))
 */
export function defineAction<Input, Output>(
  id: string,
  schema: StandardSchemaV1<Input, Output>,
  options: ActionOptions = {},
): Action<Input, Output> {
  if (!ID.test(id)) {
    throw new TypeError(
      `defineAction(${JSON.stringify(id)}): an id is needed, without "~", "!" and spaces, because a suffix finds the button's data again. Rename it.`,
    )
  }
  const { keep = 'store', ttlMs } = options
  function button(text: string, data: Input, style?: ButtonStyle): ActionButton
  function button(text: string, data: Input, style: ButtonStyle & { readonly url: string }): LinkedButton
  function button(
    text: string,
    data: Input,
    { color, url }: ButtonStyle & { readonly url?: string } = {},
  ): ActionButton | LinkedButton {
    const look = { text, ...(color && { color }) }
    return url === undefined ? { ...look, id, data, keep, ttlMs } : { ...look, url }
  }
  return { id, schema, options, [BRAND]: true, button }
}

export function isAction(value: unknown): value is Action<never, unknown> {
  return typeof value === 'object' && value !== null && BRAND in value
}

/**
 * True for a button that was made by an action. For plugins that send cards with buttons of several kinds.
 *
 * @example
 * const actionButtons = buttons.filter(isActionButton)
 */
export function isActionButton(button: object): button is ActionButton {
  return 'keep' in button && 'id' in button
}

/**
 * True if the person who clicked has permission. For plugins with buttons of their own.
 *
 * @param owner person that the card is the answer to, for `allow: 'sender'`
 * @example
 * if (!(await isAllowed(ctx, 'sender', ctx.update.card?.owner))) return
 */
export async function isAllowed(ctx: ClickContext, allow: Allowed = 'anyone', owner?: string): Promise<boolean> {
  if (typeof allow === 'function') return allow(ctx)
  return allow === 'anyone' || owner === ctx.callback.userId
}
