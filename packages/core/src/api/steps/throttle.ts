import { checkOptions, type Rules, rule } from '@dingware/transport'
import type { Shared } from '../../store/shared.ts'
import { take } from '../../store/take.ts'
import type { ApiCall, ApiMiddleware } from '../api-call.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { createSharedLimiter } from './shared-limiter.ts'

/** Options of {@link throttle}. */
export interface ThrottleOptions {
  /** Maximum calls of one API in any second. Default 20, the limit of the standard edition; 40 or 60 on the others. */
  readonly perSecond?: number | undefined
  /** Number of these that may go at the same time. Default 5. */
  readonly burst?: number | undefined
  /** Maximum calls of all card APIs together (`/v1.0/card/…`) in any second. Default: `perSecond`. */
  readonly cardsPerSecond?: number | undefined
  /**
   * Maximum replies through session webhooks per minute and conversation. Default 18: the platform takes 20, and then
   * none for ten minutes. Further replies go through the robot APIs, or wait if they mention people.
   */
  readonly webhooksPerMinute?: number | undefined
  /** Maximum number of calls that wait for one limit; further ones fail with `ERR_THROTTLE_FULL`. Default 1,000. */
  readonly maxWaiting?: number | undefined
}

/** Rules for {@link checkOptions}. */
export const THROTTLE_RULES: Rules<ThrottleOptions> = {
  perSecond: rule.rate,
  burst: rule.limit(1),
  cardsPerSecond: rule.rate,
  webhooksPerMinute: rule.limit(1),
  maxWaiting: rule.limit(0),
}

const CARDS = '/v1.0/card/'
const DEFAULT_PRIORITY = 1
/** Number of limiters beyond which idle ones are dropped. */
const MAX_LIMITERS = 200

/**
 * Creates outgoing middleware that keeps calls within the platform's rate limits per API, so that they wait instead of
 * being refused. The processes of a bot with a `store` share the limits.
 *
 * Bots have it built in: `createBot({ throttle: { perSecond: 40 } })` adjusts it, `false` removes it. It does not limit
 * the fetching of tokens. Webhooks are limited only for `ctx.reply`, by `webhooksPerMinute`, which has no effect in a
 * `throttle()` of your own.
 *
 * @throws TypeError for an invalid option; its calls reject with DingTalkError `ERR_THROTTLE_FULL` if too many wait.
 * @example
 * const bot = createBot({ throttle: false })
 * bot.api.use(throttle({ perSecond: 40, cardsPerSecond: 40 }))
 */
export function throttle(options: ThrottleOptions = {}): ApiMiddleware {
  return createThrottle(options, undefined)
}

/** Like {@link throttle}; with a store, the processes of a bot share the limits. */
export function createThrottle(options: ThrottleOptions, shared: Shared | undefined): ApiMiddleware {
  checkOptions<ThrottleOptions>('throttle', options, THROTTLE_RULES)
  const { perSecond = 20, burst = 5, cardsPerSecond = perSecond, maxWaiting = 1_000 } = options
  const limiters = new Map<string, Limiter>()
  const create = (api: string, perSecond: number): Limiter => {
    const own = createLimiter({ perSecond, burst, maxWaiting })
    if (!shared) return own
    const window = { limit: perSecond, windowMs: 1_000 }
    const ask = (): Promise<number> =>
      shared.attempt(
        store => take(store, `throttle:${api}`, window),
        () => 0,
      )
    return createSharedLimiter({ own, take: ask, maxWaiting, limit: `${perSecond} a second` })
  }
  const cards = create('cards', cardsPerSecond)

  const limiterOf = (api: string): Limiter => {
    const limiter = limiters.get(api) ?? create(api, perSecond)
    limiters.set(api, limiter)
    if (limiters.size > MAX_LIMITERS) {
      for (const [name, other] of limiters) if (other.isIdle() && other !== limiter) limiters.delete(name)
    }
    return limiter
  }

  return async function throttle(call, next) {
    if (call.base === 'webhook') return next()
    const request = { priority: call.priority ?? DEFAULT_PRIORITY, signal: call.signal }
    if (call.path.startsWith(CARDS)) await cards.acquire(request)
    await limiterOf(apiOf(call)).acquire(request)
    return next()
  }
}

/** Groups calls by API: ids in the path do not count. */
function apiOf({ method, path }: ApiCall): string {
  const words = path.split('/').map(part => (/^(v\d+\.\d+|[a-z_.]+)$/i.test(part) ? part : '*'))
  return `${method} ${words.join('/')}`
}
