import { checkOptions, rule, setBounded } from '@dingware/transport'
import type { Middleware } from '../../composer/compose/compose.ts'
import type { Context } from '../../context/context.ts'
import { servicesOf } from '../../context/update-context.ts'
import { createSharedWindow, type SharedWindow } from '../../store/window.ts'

/** Options of {@link rateLimit}. */
export interface RateLimitOptions<C extends Context> {
  /** How many updates within any `window`. Default 20. */
  readonly limit?: number | undefined
  /** Length of the window, in milliseconds. Default 60,000. */
  readonly window?: number | undefined
  /** Key under which updates are counted; `undefined` exempts the update. Default: the sender's id. */
  readonly key?: ((ctx: C) => string | undefined) | undefined
  /** Middleware for updates beyond the limit. Default: they are dropped, with a debug line. */
  readonly onLimited?: Middleware<C> | undefined
  /**
   * Tells the limits of a bot apart: those of one `name`, `limit` and `window` count together, wherever they are used.
   * Default: none.
   */
  readonly name?: string | undefined
  /** How many keys to keep count of in this process; beyond that those not seen the longest are forgotten. Default 10,000. */
  readonly maxKeys?: number | undefined
}

/**
 * Limits how often one sender is handled: at most `limit` times within any `window`, wherever one begins to count. What is
 * not handled does not count. The processes of a bot that was given a `store` count together; while that is away, each for
 * itself.
 *
 * @example
 * bot.use(rateLimit({ limit: 5, onLimited: ctx => ctx.replyText('慢一点') }))
 */
export function rateLimit<C extends Context = Context>(options: RateLimitOptions<C> = {}): Middleware<C> {
  checkOptions<RateLimitOptions<C>>('rateLimit', options, {
    limit: rule.limit(0),
    window: rule.span,
    key: rule.callback,
    onLimited: rule.callback,
    name: rule.text,
    maxKeys: rule.limit(1),
  })
  const { limit = 20, window = 60_000, key = ctx => ctx.from?.id, maxKeys, onLimited = ignore, name = '' } = options
  const id = JSON.stringify([name, limit, window])
  const create = (): SharedWindow => createSharedWindow(`rate:${id}:`, { limit, windowMs: window }, maxKeys)
  /** Counts for contexts that belong to no bot. */
  const unowned = {}

  return async function rateLimit(ctx, next) {
    const counted = key(ctx)
    if (counted === undefined) return next()
    const services = servicesOf(ctx)
    const wait = await windowOf(services ?? unowned, id, create).take(counted, services?.shared)
    return wait === 0 ? next() : onLimited(ctx, next)
  }
}

/** How many limits of a bot are told apart: whoever makes them up by the update must not fill the memory. */
const MAX_LIMITS = 1_000
const windows = new WeakMap<object, Map<string, SharedWindow>>()

/** The window of a limit in a bot. It is the bot's, as in a store, and not that of each place where it is used. */
function windowOf(owner: object, id: string, create: () => SharedWindow): SharedWindow {
  const known = windows.get(owner) ?? new Map<string, SharedWindow>()
  windows.set(owner, known)
  const window = known.get(id) ?? create()
  setBounded(known, id, window, MAX_LIMITS)
  return window
}

function ignore(ctx: Context): void {
  ctx.log.debug('An update was not handled: its sender is over the limit.', { from: ctx.from?.id })
}
