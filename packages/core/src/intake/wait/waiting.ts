import { type Logger, thrownFields, thrownText } from '@dingware/transport'
import { BotError } from '../../context/bot-error.ts'
import type { Context } from '../../context/context.ts'
import type { Run } from '../../context/run.ts'
import { conversationKeyOf, runOf, type UpdateContext } from '../../context/update-context.ts'
import type { Exchange } from '../../updates/answer/exchange.ts'
import type { Update } from '../../updates/update.ts'
import { keysOf } from './keys.ts'
import type { WaitRequest } from './request.ts'
import { createWaits, type Waits } from './waits.ts'

/** Handlers that wait for updates. */
export interface Waiting<C extends Context> extends Pick<Waits<unknown>, 'close' | 'reopen'> {
  /** See `PluginHost.wait`. */
  readonly wait: <T>(ctx: Context, request: WaitRequest<T>) => Promise<T>
  /** Passes an update to the handler that waits for it. @returns `undefined` if none does. */
  readonly offer: (update: Update, exchange: Exchange) => Promise<BotError<C> | undefined> | undefined
}

/** Creates the registry of waiting handlers. While nobody waits, updates cost it nothing. */
export function createWaiting<C extends Context>(
  createContext: (update: Update, exchange: Exchange) => UpdateContext,
  logger: Logger,
): Waiting<C> {
  const waits = createWaits<Run>({
    onError(error) {
      const what = `The predicate of a wait threw: ${thrownText(error)} The update was not taken.`
      logger.error(what, thrownFields(error))
    },
  })

  const wait = async <T>(ctx: Context, request: WaitRequest<T>): Promise<T> => {
    const run = runOf(ctx)
    if (!run) throw new TypeError('Only a handler can wait: give the context that it got.')
    const signals = [ctx.signal, request.signal].filter(signal => signal !== undefined)
    const retained = run.retain()
    const { answer, begin, end } = waits.open(run, { ...request, signal: AbortSignal.any(signals) })
    try {
      await request.ask?.()
      begin()
      return await (request.beside ? answer : run.suspend(answer))
    } finally {
      end(undefined)
      retained.release()
    }
  }

  const hand = async (ctx: Context, take: (ctx: Context) => Promise<void>): Promise<BotError<C> | undefined> => {
    try {
      await take(ctx)
    } catch (error) {
      // Contexts are made by the bot, with everything that its plugins add.
      return BotError.of(error, ctx as C)
    }
    return undefined
  }

  const keysFor = (ctx: Context): readonly string[] => {
    const keys = keysOf(ctx)
    try {
      const conversation = conversationKeyOf(ctx)
      return conversation === undefined ? keys : [...keys, conversation]
    } catch (error) {
      logger.error(`\`conversationKey\` threw: ${thrownText(error)} The update answers no wait.`, thrownFields(error))
      return keys
    }
  }

  return {
    close: waits.close,
    reopen: waits.reopen,
    wait,
    offer(update, exchange) {
      if (waits.size === 0) return undefined
      const ctx = createContext(update, exchange)
      const taker = waits.find(ctx, keysFor(ctx))
      if (!taker) return undefined
      runOf(ctx)?.join(taker.owner)
      return hand(ctx, taker.take)
    },
  }
}
