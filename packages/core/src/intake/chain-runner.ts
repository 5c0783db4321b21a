import { tracingChannel } from 'node:diagnostics_channel'
import { type Logger, thrownFields, thrownText } from '@dingware/transport'
import { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import { Run } from '../context/run.ts'
import type { ContextServices } from '../context/services.ts'
import { createStopNotice } from '../context/stop-notice.ts'
import { conversationKeyOf, type UpdateContext } from '../context/update-context.ts'
import { answeredExchange } from '../updates/answer/exchange.ts'
import type { Update } from '../updates/update.ts'
import { sleep } from '../utils/sleep.ts'
import type { KeptRun } from './admission/admission.ts'
import { createBackground } from './background.ts'
import type { Reports } from './reports.ts'
import type { Runner } from './runner.ts'
import { createStopwatch, type Timed } from './stopwatch.ts'
import type { Wait } from './wait/request.ts'
import { createWaiting } from './wait/waiting.ts'

/** Diagnostics channel of handled updates. A printed context reveals no secrets. */
const runs = tracingChannel('dingware.update')

/** Maximum number of runs of an update that requests to be repeated, as when many write to one session at once. */
const MAX_RUNS = 50

/** The chain of a bot, and the class of the contexts that it runs for. */
export interface RunnableChain<C extends Context> {
  /** May throw. @returns nothing where all has ended at once. */
  readonly run: (ctx: C) => Promise<void> | undefined
  /** Ids of buttons for which handlers are registered. */
  readonly actions: ReadonlySet<string>
  /** The bot's own subclass of the context, whose prototype its plugins have extended. */
  readonly ContextOfBot: typeof UpdateContext
}

export interface ChainRunnerOptions<C extends Context> extends Pick<Runner<BotError<C>>, 'lookUp' | 'onExchange'> {
  readonly chain: () => RunnableChain<C>
  readonly services: Omit<ContextServices, 'runBeside' | 'isAction'>
  readonly reports: Reports<C>
  /** Milliseconds after which a handler is slow. Default 60,000. */
  readonly slowAfter: number | false | undefined
  readonly logger: Logger
}

/** Runs the chain of a bot. */
export interface ChainRunner<C extends Context> extends Runner<BotError<C>> {
  readonly wait: Wait
  /** Key of the conversation that an update belongs to; `undefined` if the bot's own function throws. */
  readonly conversationKey: (update: Update) => string | undefined
  /** Resolves when what handlers left running has ended. */
  readonly idle: () => Promise<void>
  /** Lets nobody wait for people any more, and finds no more slow handlers. */
  readonly close: () => void
  /** Aborts the signals of all handlers. */
  readonly abort: (reason: unknown) => void
  /** Begins anew. */
  readonly renew: () => void
}

export function createChainRunner<C extends Context>(options: ChainRunnerOptions<C>): ChainRunner<C> {
  const { chain, services, reports, slowAfter, logger, lookUp, onExchange } = options
  const stopwatch = createStopwatch<Update>(slowAfter, reports.onSlow)
  const background = createBackground<C>(reports.onFailure)
  let stopNotice = createStopNotice()

  const contextServices: ContextServices = {
    ...services,
    isAction: id => chain().actions.has(id),
    runBeside: background.add,
  }
  const createContext = (update: Update, run: Run): UpdateContext =>
    new (chain().ContextOfBot)(update, contextServices, run)
  const waiting = createWaiting<C>((update, exchange) => createContext(update, new Run(exchange, stopNotice)), logger)

  const attempt = (update: Update, run: Run, kept: KeptRun | undefined): Attempt<C> =>
    new Attempt(createContext(update, run), run, chain(), kept)

  /** Waits for an attempt, and repeats it as long as it asks for that. */
  const finish = async (first: Attempt<C>, update: Update, timed: Timed, kept: KeptRun | undefined) => {
    timed.watch()
    let last = first
    for (let runs = 1; ; runs++) {
      try {
        await last.running
      } catch (error) {
        last.fail(error)
      }
      last.end()
      const { run, error } = last
      if (!error || !run.isToBeRepeated || runs === MAX_RUNS || stopNotice.given) break
      // A random delay, so that those in conflict do not collide again.
      await sleep(Math.random() * Math.min(2 ** runs, 100))
      last = attempt(update, new Run(run.exchange, stopNotice, timed), kept)
    }
    timed.end()
    return last.error
  }

  return {
    lookUp,
    onExchange,
    ...reports,
    run(update, exchange, slot, kept) {
      const timed = stopwatch.time(update, slot)
      const first = attempt(update, new Run(exchange, stopNotice, timed), kept)
      if (first.running || first.error) return finish(first, update, timed, kept)
      first.end()
      return undefined
    },
    offer: waiting.offer,
    wait: waiting.wait,
    conversationKey: update =>
      conversationKeyIn(createContext(update, new Run(answeredExchange(), stopNotice)), logger),
    idle: background.idle,
    close() {
      waiting.close()
      stopwatch.stop()
    },
    abort: reason => stopNotice.give(reason),
    renew() {
      waiting.reopen()
      stopNotice = createStopNotice()
    },
  }
}

/** @returns nothing where the bot's own function throws. */
function conversationKeyIn(ctx: Context, logger: Logger): string | undefined {
  try {
    return conversationKeyOf(ctx)
  } catch (error) {
    logger.error(`\`conversationKey\` threw: ${thrownText(error)} The update has no order.`, thrownFields(error))
    return undefined
  }
}

/** One run of the chain for an update. */
class Attempt<C extends Context> {
  readonly run: Run
  /** Missing where the chain has ended at once. */
  readonly running: Promise<unknown> | undefined
  error: BotError<C> | undefined
  readonly #ctx: C
  readonly #retained: Run
  readonly #letGo: (() => void) | undefined

  constructor(base: UpdateContext, run: Run, { run: runChain }: RunnableChain<C>, kept: KeptRun | undefined) {
    this.run = run
    // Plugins extend the prototype, which the class's type does not show.
    const ctx = base as Context as C
    this.#ctx = ctx
    this.#retained = run.retain()
    this.#letGo = kept && holdFor(run, kept)
    try {
      this.running = runs.hasSubscribers
        ? runs.tracePromise(async () => runChain(ctx), { ctx }, undefined)
        : runChain(ctx)
    } catch (error) {
      this.fail(error)
    }
  }

  fail(error: unknown): void {
    this.error = BotError.of(error, this.#ctx)
  }

  end(): void {
    this.#letGo?.()
    this.#retained.release()
  }
}

/** Lets a run of a saved update end with it, and hold what it holds. @returns a function that ends this. */
function holdFor(run: Run, { signal, holding }: KeptRun): () => void {
  const onAbort = (): void => run.abort(signal?.reason)
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort, { once: true })
  const unhold = holding && run.hold(holding)
  return () => {
    unhold?.()
    signal?.removeEventListener('abort', onAbort)
  }
}
