import type { Context } from '../context/context.ts'
import { UpdateContext } from '../context/update-context.ts'
import { definePlugin, type Plugin } from '../plugin/plugin.ts'
import { sleep } from '../sleep/sleep.ts'
import { createLanes, type Lanes } from './lanes.ts'

/**
 * What happens to an update while another with its key runs:
 * - `queue` (default): it waits its turn, in order of arrival.
 * - `drop`: it is not handled.
 * - `latest`: it aborts the running one's `ctx.signal` and runs next; those that waited are not handled.
 * - `burst`: updates that come within `wait` milliseconds of each other are handled as one: the last one runs, with the
 *   earlier ones in `ctx.skipped`.
 */
export type Strategy = 'queue' | 'drop' | 'latest' | 'burst'

export interface SequentializeOptions<C extends Context> {
  /** One or several keys; none: the update waits for nobody. Default: conversation and sender. */
  readonly key?: ((ctx: C) => string | readonly string[] | undefined) | undefined
  /** Default `queue`. */
  readonly strategy?: Strategy | undefined
  /** Milliseconds of silence that end a burst. Default 500. */
  readonly wait?: number | undefined
  /** How many may wait for one key; more are not handled, and told by a warning. Default 1,000. */
  readonly maxWaiting?: number | undefined
}

export interface SequentializeFlavor {
  /** The contexts that this one stands for, oldest first (strategy `burst`). */
  readonly skipped: readonly Context[]
}

/**
 * Runs updates with the same key one after another. A waiting update holds no slot of the bot's `concurrency`, so a busy
 * conversation does not keep others from being handled.
 *
 * @example
 * createBot().use(sequentialize({ key: ctx => ctx.chat?.id, strategy: 'latest' }))
 */
export function sequentialize<C extends Context = Context>(
  options: SequentializeOptions<C> = {},
): Plugin<SequentializeFlavor, C> {
  const { key = conversationAndSender, strategy = 'queue', wait = 500, maxWaiting = 1_000 } = options
  const inTurn = STRATEGIES[strategy]({ lanes: createLanes(), wait, maxWaiting })
  return definePlugin<SequentializeFlavor, C>({
    name: 'sequentialize',
    install: host => host.decorate({ skipped: [] }),
    middleware: async function sequentialize(ctx, next) {
      const keys = [key(ctx) ?? []].flat()
      await (keys.length === 0 ? next() : inTurn(ctx, keys, next))
    },
  })
}

function conversationAndSender({ chat, from }: Context): string | undefined {
  return chat && `${chat.id} ${from?.id ?? ''}`
}

interface Tools {
  readonly lanes: Lanes
  readonly wait: number
  readonly maxWaiting: number
}

type InTurn = (ctx: Context, keys: readonly string[], next: () => Promise<void>) => Promise<void>

const STRATEGIES: Readonly<Record<Strategy, (tools: Tools) => InTurn>> = {
  queue: ({ lanes, maxWaiting }) => {
    const waiting = new Map<string, number>()
    return async (ctx, keys, next) => {
      const full = keys.find(key => (waiting.get(key) ?? 0) >= maxWaiting)
      if (full !== undefined) {
        ctx.log.warn('An update was not handled: too many wait for the same key.', { key: full, maxWaiting })
        return
      }
      count(waiting, keys, 1)
      const ticket = lanes.enter(keys)
      try {
        await lend(ctx, ticket.turn)
      } finally {
        count(waiting, keys, -1)
      }
      await leaveAfter(ticket, next)
    }
  },

  drop:
    ({ lanes }) =>
    async (ctx, keys, next) => {
      if (lanes.busy(keys)) {
        ctx.log.debug('An update was not handled: another with its key still runs.', { keys })
        return
      }
      await leaveAfter(lanes.enter(keys), next)
    },

  latest: ({ lanes }) => {
    const newest = new Map<string, Context>()
    const running = new Map<string, Context>()
    return async (ctx, keys, next) => {
      const key = keys.join(' ')
      newest.set(key, ctx)
      const current = running.get(key)
      if (current) abort(current)
      const ticket = lanes.enter(keys)
      await lend(ctx, ticket.turn)
      if (newest.get(key) !== ctx) return ticket.leave()
      running.set(key, ctx)
      await leaveAfter(ticket, next)
      if (running.get(key) === ctx) running.delete(key)
      if (newest.get(key) === ctx) newest.delete(key)
    }
  },

  burst: ({ lanes, wait }) => {
    const bursts = new Map<string, Context[]>()
    return async (ctx, keys, next) => {
      const key = keys.join(' ')
      const burst = bursts.get(key) ?? []
      burst.push(ctx)
      bursts.set(key, burst)
      await lend(
        ctx,
        sleep(wait, ctx.signal).catch(() => {}),
      )
      // Somebody came later, and will speak for this one.
      if (burst.at(-1) !== ctx) return
      const ticket = lanes.enter(keys)
      await lend(ctx, ticket.turn)
      if (burst.at(-1) !== ctx) return ticket.leave()
      bursts.delete(key)
      Object.defineProperty(ctx, 'skipped', { value: burst.slice(0, -1), configurable: true })
      await leaveAfter(ticket, next)
    }
  },
}

async function leaveAfter(ticket: { readonly leave: () => void }, next: () => Promise<void>): Promise<void> {
  try {
    await next()
  } finally {
    ticket.leave()
  }
}

function count(counts: Map<string, number>, keys: readonly string[], step: number): void {
  for (const key of keys) {
    const value = (counts.get(key) ?? 0) + step
    if (value > 0) counts.set(key, value)
    else counts.delete(key)
  }
}

function lend<T>(ctx: Context, wait: Promise<T>): Promise<T> {
  return ctx instanceof UpdateContext ? UpdateContext.slotOf(ctx).lend(wait) : wait
}

function abort(ctx: Context): void {
  if (ctx instanceof UpdateContext) UpdateContext.abort(ctx, new Error('a newer update takes its place'))
}
