import { checkOptions, type Rules, rule } from '@dingware/transport'
import type { Shared } from '../../store/shared.ts'
import { take } from '../../store/take.ts'
import type { ApiCall, ApiMiddleware } from '../api-call.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { createSharedLimiter } from './shared-limiter.ts'

export interface ThrottleOptions {
  /** Calls of one API in any second. Default 20, the limit of the standard edition; 40 or 60 on the others. */
  readonly perSecond?: number | undefined
  /** How many of them may go at once. Default 5. */
  readonly burst?: number | undefined
  /** Calls of all card APIs together (`/v1.0/card/…`) in any second. Default 20. */
  readonly cardsPerSecond?: number | undefined
  /**
   * Replies through session webhooks in a minute, for each conversation. Default 18: the platform takes 20, and then
   * none for ten minutes. What is beyond goes through the robot APIs, or waits where it mentions people.
   */
  readonly webhooksPerMinute?: number | undefined
  /** How many calls may wait for one limit. Default 1,000. */
  readonly maxWaiting?: number | undefined
}

/** For {@link checkOptions}. */
export const THROTTLE_RULES: Rules<ThrottleOptions> = {
  perSecond: rule.rate,
  burst: rule.limit(1),
  cardsPerSecond: rule.rate,
  webhooksPerMinute: rule.limit(1),
  maxWaiting: rule.limit(0),
}

const CARDS = '/v1.0/card/'
const DEFAULT_PRIORITY = 1
/** Limiters of APIs that were not called lately are dropped beyond so many. */
const MAX_LIMITERS = 200

/**
 * Keeps the app inside the platform's limit of calls per second and API, instead of finding it out by refusals. Waiting
 * calls end with their signal, and their number is bounded. The processes of a bot that was given a `store` keep the limits
 * together.
 *
 * Bots have it built in; `createBot({ throttle: { perSecond: 40, cardsPerSecond: 40 } })` adjusts it, `false` takes it
 * out. Tokens are not limited by it, and of session webhooks only what `ctx.reply` sends: they have a limit of their own,
 * `webhooksPerMinute`, which counts for bots and not where `throttle()` is used by itself.
 */
export function throttle(options: ThrottleOptions = {}): ApiMiddleware {
  return createThrottle(options, undefined)
}

/** The same; with a store, the processes of a bot keep the limits together. */
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

/** The API that a call belongs to: ids in its path do not make another one. */
function apiOf({ method, path }: ApiCall): string {
  const words = path.split('/').map(part => (/^(v\d+\.\d+|[a-z_.]+)$/i.test(part) ? part : '*'))
  return `${method} ${words.join('/')}`
}
