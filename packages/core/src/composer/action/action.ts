import { isRecord } from '@dingware/transport'
import type { Context } from '../../context/context.ts'
import type { Filter } from '../../context/filter/filter.ts'
import type { CardClaim } from '../../updates/callback/card-entry.ts'
import type { StandardIssue, StandardSchemaV1 } from './standard-schema.ts'

const BRAND: unique symbol = Symbol.for('dingware.action')

/** Who may use a button: the one whom the card answered, anybody who sees it, or those that the function accepts. */
export type Allowed = 'sender' | 'anyone' | ((ctx: ClickContext) => boolean | Promise<boolean>)

/** The context of a click. */
export type ClickContext = Filter<Context, 'card'>

/**
 * What is answered in each of these cases is `{}`, unless the function responds. What is for one person alone goes to that
 * person: `ctx.api.send({ users: [ctx.callback.userId] }, '…')`; `ctx.respond({ private })` is seen only where the template has
 * a private variable, and the public templates have none. What may be said to all: `ctx.respond({ card: { tips: '…' } })`.
 */
export interface ActionOptions {
  /** Default `anyone`: in a group everybody sees the card. */
  readonly allow?: Allowed | undefined
  /** Somebody clicked who may not. */
  readonly onDenied?: ((ctx: ClickContext) => unknown) | undefined
  /**
   * Whether only one click of a card counts, of all actions that say so: the first, also across processes that share a
   * store. A handler that throws gives it back. Default false.
   */
  readonly once?: boolean | undefined
  /** Somebody clicked after the one click that counts. */
  readonly onLate?: ((ctx: ClickContext, first: CardClaim) => unknown) | undefined
  /** The data of the button is not kept any more, or never was. */
  readonly onExpired?: ((ctx: ClickContext) => unknown) | undefined
  /** The data does not fit the schema: the code has changed since the card was sent, or a form was filled in wrongly. */
  readonly onInvalid?: ((ctx: ClickContext, issues: readonly StandardIssue[]) => unknown) | undefined
  /** A form was given up. */
  readonly onCancel?: ((ctx: ClickContext) => unknown) | undefined
  /**
   * Where the data of a button is kept: in the bot's store (default), or in the id of the button, where that is not longer
   * than 64 characters then. An id can be read by those who see the card, so nothing secret belongs there.
   */
  readonly keep?: 'store' | 'id' | undefined
  /** Milliseconds for which the store keeps it. Default 7 days. */
  readonly ttlMs?: number | undefined
}

export interface ButtonStyle {
  readonly color?: 'blue' | 'gray' | 'red' | 'green' | undefined
}

/** A button that runs an action. */
export interface ActionButton extends ButtonStyle {
  readonly text: string
  /** The id of the action. On the wire it gets a suffix by which the button's data is found again. */
  readonly id: string
  readonly data: unknown
  readonly keep: 'store' | 'id'
  readonly ttlMs?: number | undefined
}

/** A button that opens an address. */
export interface LinkedButton extends ButtonStyle {
  readonly text: string
  readonly url: string
}

/** Something that buttons of cards do, with the type of its data. */
export interface Action<Input = unknown, Output = Input> {
  readonly id: string
  readonly schema: StandardSchemaV1<Input, Output>
  readonly options: ActionOptions
  readonly [BRAND]: true
  /** A button for it. With a `url` it opens that instead, as templates do, and calls nobody. */
  button(text: string, data: Input, style?: ButtonStyle): ActionButton
  button(text: string, data: Input, style: ButtonStyle & { readonly url: string }): LinkedButton
}

/** What a handler of a defined action gets. */
export type DefinedActionContext<C, Output> = Filter<C, 'card'> & {
  /** The data of the button, of the form, or the params of the template's component; checked. */
  readonly data: Output
}

const ID = /^[^~!\s]+$/

/**
 * Declares an action: what its buttons carry, and who may use them.
 *
 * @param schema of any library that knows Standard Schema. Its input is what `button` takes, its output is `ctx.data`.
 * @throws TypeError for an id that is empty or has `~`, `!` or spaces.
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
  return isRecord(value) && BRAND in value
}

/** Whether a button of a card was made by an action. */
export function isActionButton(button: object): button is ActionButton {
  return 'keep' in button && 'id' in button
}

/** Whether the one who clicked may: as `allow` says, `owner` being the one whom the card answered. */
export async function isAllowed(ctx: ClickContext, allow: Allowed = 'anyone', owner?: string): Promise<boolean> {
  if (typeof allow === 'function') return allow(ctx)
  return allow === 'anyone' || owner === ctx.callback.userId
}
