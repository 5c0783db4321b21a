import type { Slot } from '@dingware/transport'
import type { Exchange } from '../updates/answer/exchange.ts'
import type { Update } from '../updates/update.ts'
import type { KeptRun } from './admission/admission.ts'

/** Runs what comes in, and is told what becomes of it. `E` is the error of a handler. */
export interface Runner<E> {
  /** Loads facts about an update before anything else looks at it. Must not reject. */
  readonly lookUp?: ((update: Update) => Promise<void> | undefined) | undefined
  /** Called for each update that is no duplicate, with the exchange for its answer. */
  readonly onExchange?: ((update: Update, exchange: Exchange) => void) | undefined
  /**
   * Offers the update to a handler that waits for one; then it needs neither a slot nor a turn.
   * @returns the result of `run`; `undefined` if no handler waits for it.
   */
  readonly offer?: ((update: Update, exchange: Exchange) => Promise<E | undefined> | undefined) | undefined
  /** Runs the middleware chain. Never throws: returns the error of a handler, or a promise of it while one runs. */
  readonly run: (
    update: Update,
    exchange: Exchange,
    slot: Slot,
    kept: KeptRun | undefined,
  ) => Promise<E | undefined> | E | undefined
  /**
   * Called when a handler threw and the update will not be run again.
   * @returns true if an error handler took it.
   */
  readonly onFailure: (error: E) => Promise<boolean>
  /** Called when a handler threw and the update will be run again: it is saved, or requested from the platform. */
  readonly onRetry: (error: E, update: Update) => void
  /** Told of what the code of plugins throws where nobody waits for it. */
  readonly onThrown?: ((error: unknown) => void) | undefined
  /** Called when an update is dropped because too many wait. */
  readonly onOverload: (update: Update) => void
}
