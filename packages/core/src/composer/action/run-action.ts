import type { Context } from '../../context/context.ts'
import { servicesOf } from '../../context/update-context.ts'
import type { Store } from '../../store/store.ts'
import type { CardCallback } from '../../updates/callback/callback.ts'
import { claimCard, releaseCard } from '../../updates/callback/card-entry.ts'
import { formValuesOf } from '../../updates/callback/form.ts'
import type { KnownCard } from '../../updates/callback/known-card.ts'
import type { Next } from '../compose/compose.ts'
import { type Action, type ClickContext, isAllowed } from './action.ts'
import { problemsOf } from './standard-schema.ts'
import { readWireId, type WireId } from './wire.ts'

/** Id of the clicked button, split into action and data. */
interface Clicked extends WireId {
  /** Id as the platform sent it. */
  readonly id: string
}

/** Id of the clicked button, if it belongs to the action; the platform may have appended a number to it. */
function clickedOf(action: Action<never, unknown>, { button }: CardCallback): Clicked | undefined {
  if (!button) return undefined
  for (const id of [button.id, button.baseId]) {
    const wire = readWireId(id)
    if (wire.actionId === action.id) return { ...wire, id }
  }
  return undefined
}

/**
 * Runs the handlers of a defined action for a click on one of its buttons, after checking permission, limit and data.
 * Other updates go on to `next`.
 */
export async function runAction(
  ctx: Context,
  action: Action<never, unknown>,
  handlers: () => Promise<void> | undefined,
  next: Next,
): Promise<void> {
  const clicked = isClick(ctx) && clickedOf(action, ctx.callback)
  await (clicked ? runClicked(ctx, action, clicked, handlers) : next())
}

async function runClicked(
  ctx: ClickContext,
  action: Action<never, unknown>,
  clicked: Clicked,
  handlers: () => Promise<void> | undefined,
): Promise<void> {
  const { options, schema } = action
  const { callback } = ctx
  if (callback.isCancelled) return void (await options.onCancel?.(ctx))
  const store = storeOf(ctx)
  const entry = ctx.update.card
  const found = dataOf(clicked, entry, callback)
  if (!found) {
    ctx.log.debug('A button was clicked whose data is not kept any more.', { action: action.id })
    return void (await options.onExpired?.(ctx))
  }
  if (!(await isAllowed(ctx, options.allow, entry?.owner))) return void (await options.onDenied?.(ctx))
  const result = await schema['~standard'].validate(found.data)
  if (result.issues) {
    ctx.log.warn('The data of a click does not fit the schema of its action, so no handler ran.', {
      action: action.id,
      problems: problemsOf(result.issues),
    })
    return void (await options.onInvalid?.(ctx, result.issues))
  }
  Object.assign(ctx, { data: result.value, match: [clicked.id] })
  await (options.once ? onlyOnce(ctx, action, store, handlers) : handlers())
}

/**
 * Data of the clicked button. That of a stored button comes from the store only, so it cannot be forged; others have
 * what their template sends.
 */
function dataOf(
  { id, isKept, packed }: Clicked,
  entry: KnownCard | undefined,
  callback: CardCallback,
): { data: unknown } | undefined {
  if (packed) return packed
  const kept = entry?.buttons
  if (kept && Object.hasOwn(kept, id)) return { data: kept[id] }
  if (isKept) return undefined
  return { data: callback.form ? formValuesOf(callback.form) : callback.params }
}

async function onlyOnce(
  ctx: ClickContext,
  { id: actionId, options }: Action<never, unknown>,
  store: Store,
  handlers: () => Promise<void> | undefined,
): Promise<void> {
  const { outTrackId, userId } = ctx.callback
  const first = await claimCard(store, outTrackId, { userId, actionId })
  if (first) return void (await options.onLate?.(ctx, first))
  try {
    await handlers()
  } catch (error) {
    await releaseCard(store, outTrackId)
    throw error
  }
}

function isClick(ctx: Context): ctx is ClickContext {
  return ctx.callback !== undefined
}

function storeOf(ctx: Context): Store {
  const store = servicesOf(ctx)?.store
  if (store) return store
  throw new TypeError('An action needs the context that the bot made.')
}
