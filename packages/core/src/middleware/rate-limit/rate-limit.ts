import { checkOptions, rule } from '@dingware/transport'
import type { Middleware } from '../../composer/compose/compose.ts'
import type { Context } from '../../context/context.ts'
import { servicesOf } from '../../context/update-context.ts'
import { take } from '../../store/take.ts'

/** Options of {@link rateLimit}. */
export interface RateLimitOptions<C extends Context> {
  /** Maximum number of updates within `window`. Default 20. */
  readonly limit?: number | undefined
  /** Length of the window, in milliseconds. Default 60,000. */
  readonly window?: number | undefined
  /** Key under which updates are counted; `undefined` exempts the update. Default: the sender's id. */
  readonly key?: ((ctx: C) => string | undefined) | undefined
  /** Middleware for updates beyond the limit. Default: they are dropped, with a debug line. */
  readonly onLimited?: Middleware<C> | undefined
  /** Name of the limit in a shared store: limits of one name count together. Default: `limit` and `window`. */
  readonly name?: string | undefined
  /** Maximum number of keys that this process counts; beyond it the oldest are dropped. Default 10,000. */
  readonly maxKeys?: number | undefined
}

interface Span {
  readonly since: number
  count: number
}

/**
 * Creates middleware that limits updates per sender. The processes of a bot with a `store` count together, by a sliding
 * window; without a store, or while it is away, each process counts for itself, by a fixed window.
 *
 * @throws TypeError for an invalid option.
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
  const { limit = 20, window = 60_000, key = ctx => ctx.from?.id, maxKeys = 10_000, onLimited = ignore } = options
  const { name: ofLimit = `${limit}/${window}` } = options
  const spans = new Map<string, Span>()

  const spanOf = (name: string): Span => {
    const now = performance.now()
    const known = spans.get(name)
    if (known && now - known.since < window) return known
    const fresh = { since: now, count: 0 }
    spans.delete(name)
    spans.set(name, fresh)
    for (const oldest of spans.keys()) {
      if (spans.size <= maxKeys) break
      spans.delete(oldest)
    }
    return fresh
  }

  const isWithin = (name: string): boolean => {
    const span = spanOf(name)
    span.count++
    return span.count <= limit
  }

  return function rateLimit(ctx, next) {
    const name = key(ctx)
    if (name === undefined) return next()
    const shared = servicesOf(ctx)?.shared
    if (!shared) return isWithin(name) ? next() : onLimited(ctx, next)
    return shared
      .attempt(
        async store => (await take(store, `rate:${ofLimit}:${name}`, { limit, windowMs: window })) === 0,
        () => isWithin(name),
      )
      .then(isFree => (isFree ? next() : onLimited(ctx, next)))
  }
}

function ignore(ctx: Context): void {
  ctx.log.debug('An update was not handled: its sender is over the limit.', { from: ctx.from?.id })
}
