import type { Logger } from '@dingware/transport'
import type { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import type { Update } from '../updates/update.ts'
import { within } from '../utils/within.ts'
import { type ChainRunner, type ChainRunnerOptions, createChainRunner } from './chain-runner.ts'
import { createIntake, type Intake, type IntakeOptions } from './intake.ts'
import { createReports, type ReportsOptions } from './reports.ts'
import { timeIsOverError } from './wait/errors.ts'

/** Milliseconds that handlers have left when their signal has aborted. */
const GRACE = 1_000

/** The options of a bot that the engine goes by. */
export interface EngineSettings extends Omit<IntakeOptions, 'admission'> {
  readonly onOverload?: ((update: Update) => void) | undefined
  readonly slowAfter?: number | false | undefined
}

export interface EngineOptions<C extends Context>
  extends Omit<ChainRunnerOptions<C>, 'reports' | 'slowAfter'>,
    Pick<ReportsOptions<C>, 'onError'>,
    Required<Pick<IntakeOptions, 'admission'>> {
  readonly options: EngineSettings
  readonly logger: Logger
}

/** Runtime of a bot: takes updates, runs the middleware chain, and tracks background tasks. */
export interface Engine<C extends Context> extends Pick<ChainRunner<C>, 'wait' | 'conversationKey'> {
  readonly intake: Intake<BotError<C>>
  /** Waits for handlers and their background tasks; aborts their signals after `timeout` milliseconds. */
  readonly drain: (timeout: number) => Promise<void>
  /** Makes it usable again after a drain. */
  readonly renew: () => void
}

export function createEngine<C extends Context>({ options, onError, admission, ...rest }: EngineOptions<C>): Engine<C> {
  const { logger } = rest
  const { onOverload, slowAfter } = options
  const reports = createReports<C>({ logger, onError, onOverload, load: () => intake.stats() })
  const runner = createChainRunner<C>({ ...rest, reports, slowAfter })
  const intake: Intake<BotError<C>> = createIntake(runner, { ...options, admission })

  const quiet = async (): Promise<void> => {
    await intake.idle()
    await runner.idle()
  }

  return {
    intake,
    wait: runner.wait,
    conversationKey: runner.conversationKey,
    async drain(timeout) {
      admission?.()?.pause?.()
      // People take minutes to answer, so waits have to end now.
      runner.close()
      const isQuiet = await within(timeout, quiet())
      intake.settle()
      if (isQuiet) return
      const neverBegun = intake.clear()
      const { suspended } = intake.stats()
      runner.abort(timeIsOverError())
      const ended = await within(GRACE, quiet())
      if (ended && neverBegun + suspended === 0) return
      const stillRunning = intake.stats().running
      logger.warn('The bot stops before everything is done.', { neverBegun, suspended, stillRunning })
    },
    renew: runner.renew,
  }
}
