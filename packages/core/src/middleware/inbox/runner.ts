import type { Logger } from '@dingware/transport'
import type { Holding } from '../../context/run.ts'
import type { Outcome, RunKept } from '../../intake/admission/admission.ts'
import type { Update } from '../../updates/update.ts'
import { sleep } from '../../utils/sleep.ts'
import { thrownText } from '../../utils/thrown-text.ts'

/** Update from an inbox, with functions to record its progress. */
export interface Kept {
  readonly update: Update
  /** Recorded number of runs. The first one is not recorded, so 0 may also be 1. */
  readonly runs: number
  /** True if another process had it before, which may have crashed because of it. */
  readonly isRecovered: boolean
  /** Aborts when the update belongs to another instance. */
  readonly signal: AbortSignal
  /** Resource that is given up while a handler waits for a person. */
  readonly holding?: Holding | undefined
  /** Records that run number `runs` begins. */
  readonly count: (runs: number) => Promise<unknown>
  readonly done: () => Promise<unknown>
  /** Turns it into a dead letter. */
  readonly bury: (runs: number) => Promise<unknown>
}

export interface RunnerOptions {
  readonly run: RunKept
  readonly logger: Logger
  /** Maximum number of runs. */
  readonly maxRuns: number
  /** Delay before the second run, in milliseconds; it doubles with each further run. */
  readonly retryDelay: number
}

export interface Runner {
  /** Runs an update until it is handled, given up or taken by another instance. Never rejects. */
  readonly handle: (kept: Kept) => Promise<void>
}

/** Milliseconds between two attempts to record a result. */
const WRITE_INTERVAL = 500

export function createRunner({ run, logger, maxRuns, retryDelay }: RunnerOptions): Runner {
  const alone = createLine()
  const inOrder = createLine()

  /**
   * Repeats a write until it succeeds or the update belongs to another instance, since a finished update must not run
   * again.
   */
  const persist = async (write: () => Promise<unknown>, signal: AbortSignal): Promise<void> => {
    for (;;) {
      try {
        return void (await write())
      } catch (error) {
        logger.debug(`The inbox could not be written: ${thrownText(error)}`)
        if (signal.aborted) return
        await sleep(WRITE_INTERVAL, signal).catch(() => {})
      }
    }
  }

  const attempt = async ({ update, signal, holding, count }: Kept, number: number): Promise<Outcome> => {
    // The first run is not recorded: an instance that finds the update later assumes it.
    if (number > 1) await inOrder(() => persist(() => count(number), signal))
    if (signal.aborted) return 'dropped'
    const outcome = await run(update, { signal, holding, isLast: number === maxRuns })
    if (number > 1 && outcome === 'dropped') await persist(() => count(number - 1), signal)
    return outcome
  }

  return {
    async handle(kept) {
      const { update, runs, isRecovered, signal, done, bury } = kept
      const before = isRecovered ? Math.max(runs, 1) : runs
      for (let number = before + 1; number <= maxRuns; number++) {
        const begin = (): Promise<Outcome> => attempt(kept, number)
        // One at a time, so that if the process crashes it is clear which update was the cause.
        const outcome = await (isRecovered && number > 2 ? alone(begin) : begin())
        if (outcome === 'handled') return persist(done, signal)
        if (outcome === 'dropped' || signal.aborted) return
        if (number < maxRuns) await sleep(retryDelay * 2 ** (number - 1), signal).catch(() => {})
        if (signal.aborted) return
      }
      if (signal.aborted) return
      const { kind, deliveryId } = update
      logger.error(`An update was not handled in ${maxRuns} runs, so it is put aside with the dead letters.`, {
        kind,
        deliveryId,
      })
      await persist(() => bury(Math.max(before, maxRuns)), signal)
    },
  }
}

/** Runs functions one after another; they must not reject. */
function createLine(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const mine = last.then(work)
    last = mine
    return mine
  }
}
