import type { Slot } from '@dingware/transport'
import type { Exchange } from '../updates/answer/exchange.ts'
import type { Update } from '../updates/update.ts'
import type { KeptRun } from './admission/admission.ts'

/** Runs what comes in, and is told what becomes of it. `E` is the error of a handler. */
export interface Runner<E> {
  /** Finds out what has to be known of an update before anybody looks at it. Must not reject. */
  readonly lookUp?: ((update: Update) => Promise<void> | undefined) | undefined
  /** Told about each update that is no duplicate, with the exchange for its answer. */
  readonly onExchange?: ((update: Update, exchange: Exchange) => void) | undefined
  /**
   * Gives the update to a handler that waits for it, where there is one: it then takes no slot and no turn.
   * @returns what `run` would return; nothing where nobody waits for it.
   */
  readonly offer?: ((update: Update, exchange: Exchange) => Promise<E | undefined> | undefined) | undefined
  /** Runs the chain. Never rejects: what a handler threw is what it resolves to. */
  readonly run: (update: Update, exchange: Exchange, slot: Slot, kept?: KeptRun) => Promise<E | undefined>
  /**
   * A handler threw, and the update will not come again on our account.
   * @returns whether somebody took care of it.
   */
  readonly onFailure: (error: E) => Promise<boolean>
  /** A handler threw, and the update will be run again: it is kept, or the platform is asked to push it again. */
  readonly onRetry: (error: E, update: Update) => void
  /** Too much is waiting: the update is not handled. */
  readonly onOverload: (update: Update) => void
}
