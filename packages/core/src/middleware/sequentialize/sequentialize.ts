import { checkOptions, rule } from '@dingware/transport'
import { definePlugin, type Plugin } from '../../composer/plugin/plugin.ts'
import type { Context } from '../../context/context.ts'
import { conversationKeyOf, runOf } from '../../context/update-context.ts'
import { chatKeyOf } from '../../intake/wait/keys.ts'
import { createLanes } from './lanes.ts'
import { STRATEGIES, type Strategy } from './strategies.ts'
import { noteTurns } from './turns.ts'

export type { Strategy } from './strategies.ts'

/** Options of {@link sequentialize}. */
export interface SequentializeOptions<C extends Context> {
  /**
   * Key or keys of updates that must not run at the same time; `undefined` or `[]` exempts the update. Default: the
   * `conversationKey` of the bot, which `session()` uses, too.
   */
  readonly key?: ((ctx: C) => string | readonly string[] | undefined) | undefined
  /** Strategy for an update while another with the same key runs. Default `queue`. */
  readonly strategy?: Strategy | undefined
  /** For `burst`: milliseconds of silence that end a burst. Default 500. */
  readonly wait?: number | undefined
  /**
   * For `queue`: maximum number of updates that wait for one key; further ones fail with `ERR_TOO_MANY_WAITING`.
   * Default 1,000.
   */
  readonly maxWaiting?: number | undefined
}

/** Addition of {@link sequentialize} to the context. */
export interface SequentializeFlavor {
  /** Earlier contexts of the burst, which this one stands for, oldest first (strategy `burst`); otherwise empty. */
  readonly skipped: readonly Context[]
}

/**
 * Creates a plugin that runs updates with the same key one after another, like grammY's `sequentialize`. A waiting
 * update occupies no slot of the bot's `concurrency`, so a busy conversation does not block others.
 *
 * It orders updates within one process. For several, use the inbox with Redis.
 *
 * @throws TypeError for an invalid option. (Updates beyond `maxWaiting` fail with DingTalkError
 * `ERR_TOO_MANY_WAITING`.)
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

/** Default key; updates of a chat without a sender are ordered by chat. */
function conversationOf(ctx: Context): string | undefined {
  return conversationKeyOf(ctx) ?? chatKeyOf(ctx)
}
