import type { ApiCall } from '@dingware/core'

/**
 * The cost of cards so far: calls of the card APIs, each counted when it is made, whatever becomes of it.
 *
 * @example
 * const plugin = cards()
 * bot.use(plugin)
 * setInterval(() => console.log(plugin.stats().total), 60_000)
 *
 * Counted by this process, and from its start; retries of a call are not counted again.
 */
export interface CardStats {
  readonly create: number
  /** `PUT /v1.0/card/instances`. */
  readonly update: number
  /** `PUT /v1.0/card/streaming`. */
  readonly stream: number
  /** All of them. They count against the organisation's monthly number of calls. */
  readonly total: number
  /** Frames that were refused, most of them by a rate limit; the next frame carried more. */
  readonly dropped: number
  /** Texts that were sent as a message because there was no card. */
  readonly fallbacks: number
  /** AI cards that are open now. */
  readonly open: number
}

export type Counter = 'create' | 'update' | 'stream' | 'dropped' | 'fallbacks'

export interface StatsKeeper {
  readonly count: (what: Counter) => void
  readonly stats: (open: number) => CardStats
}

export function createStats(): StatsKeeper {
  const counts: Record<Counter, number> = { create: 0, update: 0, stream: 0, dropped: 0, fallbacks: 0 }
  return {
    count(what) {
      counts[what]++
    },
    stats(open) {
      const { create, update, stream } = counts
      return { ...counts, total: create + update + stream, open }
    },
  }
}

export function counterOf({ method, path }: Pick<ApiCall, 'method' | 'path'>): Counter {
  if (path === '/v1.0/card/streaming') return 'stream'
  return method === 'PUT' ? 'update' : 'create'
}

/** Of several bots that share a plugin. */
export function sumOf(all: readonly CardStats[]): CardStats {
  const sum = { create: 0, update: 0, stream: 0, total: 0, dropped: 0, fallbacks: 0, open: 0 }
  for (const stats of all) for (const key of keysOf(sum)) sum[key] += stats[key]
  return sum
}

function keysOf<T extends object>(value: T): (keyof T)[] {
  return Object.keys(value) as (keyof T)[]
}
