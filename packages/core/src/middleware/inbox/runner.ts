import { type Logger, thrownText } from '@dingware/transport'
import type { Holding } from '../../context/run.ts'
import type { Outcome, RunKept } from '../../intake/admission/admission.ts'
import type { Update } from '../../updates/update.ts'
import { sleep } from '../../utils/sleep.ts'

/** An update out of an inbox. */
export interface Kept {
  readonly update: Update
  /** How many runs of it were written down. The first one is not, so 0 may also be 1. */
  readonly runs: number
  /** Whether another process has had it, which may have died of it. */
  readonly isRecovered: boolean
  /** Aborts when it is not ours any more. */
  readonly signal: AbortSignal
  /** Let go while a handler waits for a person. */
  readonly holding?: Holding | undefined
  /** Writes down that run number `runs` begins. */
  readonly count: (runs: number) => Promise<unknown>
  readonly done: () => Promise<unknown>
  /** Puts it aside. */
  readonly bury: (runs: number) => Promise<unknown>
}

export interface RunnerOptions {
  readonly run: RunKept
  readonly logger: Logger
  /** How often an update is run at most. */
  readonly maxRuns: number
  /** Milliseconds before the second run; twice as long before each further one. */
  readonly retryDelay: number
}

export interface Runner {
  /** Runs it until it is handled, given up or not ours any more. Never rejects. */
  readonly handle: (kept: Kept) => Promise<void>
}

/** Milliseconds between two tries to write down how it went. */
const WRITE_INTERVAL = 500

export function createRunner({ run, logger, maxRuns, retryDelay }: RunnerOptions): Runner {
  const alone = createLine()
  const inOrder = createLine()

  /** Writes until it is written or not ours any more: what is done must not be run again. */
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
    // The first run costs no write: who finds it later takes it for begun.
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
        // One after another: when the process dies of one of them, it is clear which.
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

/** One after another. What runs must not reject. */
function createLine(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const mine = last.then(work)
    last = mine
    return mine
  }
}
