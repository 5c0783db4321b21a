import { tracingChannel } from 'node:diagnostics_channel'
import type { Logger, Slot, WorkQueueOptions } from '@dingware/transport'
import { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import { createPatience } from '../context/patience.ts'
import { Run } from '../context/run.ts'
import { type ContextServices, conversationKeyOf, runOf, type UpdateContext } from '../context/update-context.ts'
import type { AckOptions } from '../updates/answer/ack-policy.ts'
import { answeredExchange, type Exchange } from '../updates/answer/exchange.ts'
import { createLookUp } from '../updates/callback/look-up.ts'
import type { Update } from '../updates/update.ts'
import { harmlessly } from '../utils/harmlessly.ts'
import { sleep } from '../utils/sleep.ts'
import { thrownFields, thrownText } from '../utils/thrown-text.ts'
import { within } from '../utils/within.ts'
import type { Admission, KeptRun } from './admission/admission.ts'
import type { DedupeOptions } from './dedupe/dedupe.ts'
import { createIntake, type Intake } from './intake.ts'
import { overloadText, slowText } from './load.ts'
import { createStopwatch } from './stopwatch.ts'
import { isStoppedError, timeIsOverError } from './wait/errors.ts'
import type { Wait } from './wait/request.ts'
import { createWaiting } from './wait/waiting.ts'

/** For machines: each run of the chain. The context holds no secrets that print. */
const runs = tracingChannel('dingware.update')

/** How long handlers get to end once their signal has aborted, in milliseconds. */
const GRACE = 1_000

/** How often an update is handled that asks for it again and again, as when many write one session at once. */
const MAX_RUNS = 50

export type ErrorHandler<C extends Context> = (error: BotError<C>) => unknown

/** The options of a bot that the engine goes by. */
export interface EngineSettings extends WorkQueueOptions {
  readonly ack?: AckOptions | undefined
  readonly dedupe?: DedupeOptions | undefined
  readonly onOverload?: ((update: Update) => void) | undefined
  readonly slowAfter?: number | false | undefined
}

/** The chain of a bot, and the class of the contexts that it runs for. */
export interface RunnableChain<C extends Context> {
  readonly run: (ctx: C) => Promise<void>
  /** The ids of the buttons that its handlers are for. */
  readonly actions: ReadonlySet<string>
  /** The bot's own subclass, whose prototype its plugins have decorated. */
  readonly ContextOfBot: typeof UpdateContext
}

export interface EngineOptions<C extends Context> {
  readonly options: EngineSettings
  readonly logger: Logger
  readonly chain: () => RunnableChain<C>
  readonly services: Omit<ContextServices, 'runBeside' | 'isAction'>
  readonly onError: () => ErrorHandler<C> | undefined
  /** What updates pass before they are answered and run. */
  readonly admission: () => Admission | undefined
  readonly onExchange: (update: Update, exchange: Exchange) => void
}

/** What runs updates: the way in, the chain, and what goes on beside it. */
export interface Engine<C extends Context> {
  readonly intake: Intake<BotError<C>>
  readonly wait: Wait
  /** To which conversation an update belongs; nothing where the bot's own function throws. */
  readonly conversationKey: (update: Update) => string | undefined
  /** Waits for handlers and what they left running; aborts their signals after `timeout` milliseconds. */
  readonly drain: (timeout: number) => Promise<void>
  /** Begins anew after a drain. */
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
      // What stop() was asked to do is no fault of the handler's.
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
    { run: runChain }: RunnableChain<C>,
    kept: KeptRun | undefined,
  ): Promise<BotError<C> | undefined> => {
    // The prototype has what the plugins promised; the class itself cannot know it.
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
        // At random, so that those who were in each other's way are not again.
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
    // What a task begins beside itself is waited for as well.
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
      // People answer in minutes; who waits for them has to end now.
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

/** Aborts the signal of a run with another. @returns a function that ends that. */
function follow(run: Run, signal: AbortSignal | undefined): () => void {
  if (!signal) return () => {}
  const onAbort = (): void => run.abort(signal.reason)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  return () => signal.removeEventListener('abort', onAbort)
}
