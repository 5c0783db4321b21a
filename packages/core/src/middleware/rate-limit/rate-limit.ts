import { checkOptions, rule } from '@dingware/transport'
import type { Middleware } from '../../composer/compose/compose.ts'
import type { Context } from '../../context/context.ts'
import { servicesOf } from '../../context/update-context.ts'
import { take } from '../../store/take.ts'

export interface RateLimitOptions<C extends Context> {
  /** How many updates within `window`. Default 20. */
  readonly limit?: number | undefined
  /** Milliseconds. Default 60,000. */
  readonly window?: number | undefined
  /** Who is counted. No key: not limited. Default: the sender. */
  readonly key?: ((ctx: C) => string | undefined) | undefined
  /** What happens to the excess. Default: it is not handled. */
  readonly onLimited?: Middleware<C> | undefined
  /**
   * Tells limits apart that a bot counts in its store: those of one name count together. Default: `limit` and `window`.
   */
  readonly name?: string | undefined
  /** How many keys to keep count of in this process; beyond that the oldest are forgotten. Default 10,000. */
  readonly maxKeys?: number | undefined
}

interface Span {
  readonly since: number
  count: number
}

/**
 * Limits how often one sender is handled. The processes of a bot that was given a `store` count together; while that is
 * away, each for itself.
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
