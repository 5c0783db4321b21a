import { tracingChannel } from 'node:diagnostics_channel'
import type { Logger, Slot } from '@dingware/transport'
import type { Chain } from '../bot/chain.ts'
import type { BotOptions } from '../bot/options.ts'
import type { Wait } from '../composer/plugin/plugin.ts'
import { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import { createPatience } from '../context/patience.ts'
import { Run } from '../context/run.ts'
import { type ContextServices, conversationKeyOf, runOf, type UpdateContext } from '../context/update-context.ts'
import { answeredExchange, type Exchange } from '../updates/answer/exchange.ts'
import { createLookUp } from '../updates/callback/look-up.ts'
import type { Update } from '../updates/update.ts'
import { harmlessly } from '../utils/harmlessly.ts'
import { sleep } from '../utils/sleep.ts'
import { thrownFields, thrownText } from '../utils/thrown-text.ts'
import { within } from '../utils/within.ts'
import type { Admission, KeptRun } from './admission/admission.ts'
import { createIntake, type Intake } from './intake.ts'
import { overloadText, slowText } from './load.ts'
import { createStopwatch } from './stopwatch.ts'
import { isStoppedError, timeIsOverError } from './wait/errors.ts'
import { createWaiting } from './wait/waiting.ts'

/** Diagnostics channel of handled updates. A printed context reveals no secrets. */
const runs = tracingChannel('dingware.update')

/** Milliseconds that handlers have left when their signal has aborted. */
const GRACE = 1_000

/** Maximum number of runs of an update that requests to be repeated, as when many write to one session at once. */
const MAX_RUNS = 50

export type ErrorHandler<C extends Context> = (error: BotError<C>) => unknown

export interface EngineOptions<C extends Context> {
  readonly options: BotOptions
  readonly logger: Logger
  readonly chain: () => Chain<C>
  readonly services: Omit<ContextServices, 'runBeside' | 'isAction'>
  readonly onError: () => ErrorHandler<C> | undefined
  /** Decides about updates before they are answered and run. */
  readonly admission: () => Admission | undefined
  readonly onExchange: (update: Update, exchange: Exchange) => void
}

/** Runtime of a bot: takes updates, runs the middleware chain, and tracks background tasks. */
export interface Engine<C extends Context> {
  readonly intake: Intake<BotError<C>>
  readonly wait: Wait
  /** Key of the conversation that an update belongs to; `undefined` if the bot's own function throws. */
  readonly conversationKey: (update: Update) => string | undefined
  /** Waits for handlers and their background tasks; aborts their signals after `timeout` milliseconds. */
  readonly drain: (timeout: number) => Promise<void>
  /** Makes it usable again after a drain. */
  readonly renew: () => void
}

export function createEngine<C extends Context>({
  options,
  logger,
  chain,
  services,
  onError,
  admission,
  onExchange,
}: EngineOptions<C>): Engine<C> {
  const beside = new Set<Promise<void>>()
  let patience = createPatience()

  const report = async (error: BotError<C>): Promise<boolean> => {
    const handler = onError()
    const { kind, deliveryId } = error.ctx.update
    if (isStoppedError(error.cause)) {
      // A wait that `stop()` ended is no error of the handler.
      logger.debug(error.message, { kind, deliveryId })
      return true
    }
    if (!handler) {
      logger.error(error.message, { kind, deliveryId, ...thrownFields(error.cause) })
      return false
    }
    try {
      await handler(error)
    } catch (second) {
      const what = `bot.catch threw while it handled this: ${error.message} It threw: ${thrownText(second)}`
      logger.error(what, { kind, deliveryId, ...thrownFields(error.cause, second) })
    }
    return true
  }

  const runBeside = (ctx: C, task: Promise<unknown>): void => {
    const release = runOf(ctx)?.use()
    const settled: Promise<void> = Promise.resolve(task)
      .then(undefined, error => report(BotError.of(error, ctx)))
      .then(() => {
        release?.()
        beside.delete(settled)
      })
    beside.add(settled)
  }

  const contextServices: ContextServices = {
    ...services,
    isAction: id => chain().actions.has(id),
    runBeside: (ctx, task) => runBeside(ctx as C, task),
  }

  const createContext = (update: Update, run: Run): UpdateContext =>
    new (chain().ContextOfBot)(update, contextServices, run)

  const runOnce = async (
    base: UpdateContext,
    run: Run,
    { run: runChain }: Chain<C>,
    kept: KeptRun | undefined,
  ): Promise<BotError<C> | undefined> => {
    // Plugins extend the prototype, which the class's type does not show.
    const ctx = base as Context as C
    const release = run.use()
    const unfollow = follow(run, kept?.signal)
    const unhold = kept?.holding && run.hold(kept.holding)
    try {
      await (runs.hasSubscribers ? runs.tracePromise(runChain, { ctx }, undefined, ctx) : runChain(ctx))
    } catch (error) {
      return BotError.of(error, ctx)
    } finally {
      unhold?.()
      unfollow()
      release()
    }
    return undefined
  }

  const run = async (
    update: Update,
    exchange: Exchange,
    slot: Slot,
    kept?: KeptRun,
  ): Promise<BotError<C> | undefined> => {
    const timed = stopwatch.time(update, slot)
    try {
      for (let runs = 1; ; runs++) {
        const run = new Run({ exchange, slot: timed.slot, patience })
        const error = await runOnce(createContext(update, run), run, chain(), kept)
        if (!error || runs === MAX_RUNS || patience.ended || !run.isToBeRepeated) return error
        // A random delay, so that those in conflict do not collide again.
        await sleep(Math.random() * Math.min(2 ** runs, 100))
      }
    } finally {
      timed.end()
    }
  }

  const stopwatch = createStopwatch<Update>(options.slowAfter, ({ kind, deliveryId }, ms) => {
    const stats = intake.stats()
    logger.warn(slowText(ms, stats), { kind, deliveryId, running: stats.running, concurrency: stats.concurrency })
  })

  const waiting = createWaiting<C>((update, exchange) => createContext(update, new Run({ exchange, patience })), logger)

  const intake = createIntake({
    ...options,
    run,
    lookUp: createLookUp(services.cards),
    onExchange,
    offer: waiting.offer,
    admission,
    onFailure: report,
    onRetry(error, { kind, deliveryId, headers: { eventId } }) {
      const fields = { kind, deliveryId, eventId, ...thrownFields(error.cause) }
      const level = isStoppedError(error.cause) ? 'debug' : 'warn'
      logger[level](`${error.message} It will be handled again.`, fields)
    },
    onOverload(update) {
      const { kind, deliveryId } = update
      logger.warn(overloadText(kind, intake.stats()), { kind, deliveryId })
      harmlessly(logger, 'onOverload', () => options.onOverload?.(update))
    },
  })

  const quiet = async (): Promise<void> => {
    await intake.idle()
    // Tasks that a task starts are waited for as well.
    while (beside.size > 0) await Promise.all(beside)
  }

  return {
    intake,
    wait: waiting.wait,
    conversationKey(update) {
      const ctx = createContext(update, new Run({ exchange: answeredExchange(), patience }))
      try {
        return conversationKeyOf(ctx)
      } catch (error) {
        logger.error(`\`conversationKey\` threw: ${thrownText(error)} The update has no order.`, thrownFields(error))
        return undefined
      }
    },
    async drain(timeout) {
      admission()?.pause?.()
      // People take minutes to answer, so waits have to end now.
      waiting.close()
      stopwatch.stop()
      const isQuiet = await within(timeout, quiet())
      intake.settle()
      if (isQuiet) return
      const neverBegun = intake.clear()
      const { suspended } = intake.stats()
      patience.end(timeIsOverError())
      const ended = await within(GRACE, quiet())
      if (ended && neverBegun + suspended === 0) return
      const stillRunning = intake.stats().running
      logger.warn('The bot stops before everything is done.', { neverBegun, suspended, stillRunning })
    },
    renew() {
      waiting.reopen()
      patience = createPatience()
    },
  }
}

/** Makes a run's signal follow another. @returns a function that ends this. */
function follow(run: Run, signal: AbortSignal | undefined): () => void {
  if (!signal) return () => {}
  const onAbort = (): void => run.abort(signal.reason)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  return () => signal.removeEventListener('abort', onAbort)
}
