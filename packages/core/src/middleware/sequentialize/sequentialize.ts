import { checkOptions, rule } from '@dingware/transport'
import { definePlugin, type Plugin } from '../../composer/plugin/plugin.ts'
import type { Context } from '../../context/context.ts'
import { chatKeyOf } from '../../context/conversation-key.ts'
import { conversationKeyOf, runOf } from '../../context/update-context.ts'
import { createLanes } from './lanes.ts'
import { STRATEGIES, type Strategy } from './strategies.ts'
import { noteTurns } from './turns.ts'

export type { Strategy } from './strategies.ts'

export interface SequentializeOptions<C extends Context> {
  /**
   * One or several keys; none: the update waits for nobody. Default: the `conversationKey` of the bot, which is that of
   * `session()`, too.
   */
  readonly key?: ((ctx: C) => string | readonly string[] | undefined) | undefined
  /** Default `queue`. */
  readonly strategy?: Strategy | undefined
  /** Milliseconds of silence that end a burst. Default 500. */
  readonly wait?: number | undefined
  /** How many may wait for one key (strategy `queue`); the handling of more fails. Default 1,000. */
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
  checkOptions<SequentializeOptions<C>>('sequentialize', options, {
    key: rule.callback,
    strategy: rule.oneOf(...Object.keys(STRATEGIES)),
    wait: rule.timer(0),
    maxWaiting: rule.limit(0),
  })
  const { key = conversationOf, strategy = 'queue', wait = 500, maxWaiting = 1_000 } = options
  const inTurn = STRATEGIES[strategy]({ lanes: createLanes(), wait, maxWaiting })
  return definePlugin<SequentializeFlavor, C>({
    name: 'sequentialize',
    install: host => host.decorate({ skipped: [] }),
    middleware: async function sequentialize(ctx, next) {
      const keys = [...new Set([key(ctx) ?? []].flat())]
      const run = runOf(ctx)
      if (run) noteTurns(run, keys)
      await (keys.length === 0 ? next() : inTurn(ctx, keys, next))
    },
  })
}

/** What comes from a chat and from nobody in particular waits for its like. */
function conversationOf(ctx: Context): string | undefined {
  return conversationKeyOf(ctx) ?? chatKeyOf(ctx)
}
