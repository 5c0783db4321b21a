import type { Slot } from '@dingware/transport'
import type { Exchange } from '../updates/answer/exchange.ts'
import type { StopNotice } from './stop-notice.ts'

/**
 * Resource that a handler holds while it runs, such as its place in a `sequentialize` queue, and gives up while it
 * waits.
 */
export interface Holding {
  readonly letGo: () => void
  /** Resolves when the handler holds it again. */
  readonly takeAgain: () => Promise<void>
}

const NO_SLOT: Slot = { lend: async wait => wait }
const NONE: readonly Holding[] = []

/**
 * Handling of one update, as the bot sees it: its answer, its slot, its signal and the resources it holds. An update
 * that a handler waited for is handled as part of that handler's run.
 */
export class Run {
  readonly exchange: Exchange
  readonly #slot: Slot
  readonly #stopNotice: StopNotice
  #asker: Run | undefined
  #controller: AbortController | undefined
  #unwatch: (() => void) | undefined
  #users = 0
  #holdings: readonly Holding[] = NONE
  #waits = 0
  #isToBeRepeated = false

  /**
   * @param stopNotice aborts the signal
   * @param slot missing for an update that answers a question: it is handled in the slot of the handler that asked
   */
  constructor(exchange: Exchange, stopNotice: StopNotice, slot: Slot = NO_SLOT) {
    this.exchange = exchange
    this.#stopNotice = stopNotice
    this.#slot = slot
  }

  /** Run whose handler took this update as its answer. */
  get asker(): Run | undefined {
    return this.#asker
  }

  /** Makes this a part of the run of a handler that waited for it: signal, slot and resources are shared. */
  join(asker: Run): void {
    this.#asker = asker.#whole
  }

  get #whole(): Run {
    return this.#asker ?? this
  }

  /** True if the update has to be handled again, with a fresh context, since its handling has failed. */
  get isToBeRepeated(): boolean {
    return this.#isToBeRepeated
  }

  repeat(): void {
    this.#isToBeRepeated = true
  }

  /** Created at the first access, since most handlers never need it. */
  get signal(): AbortSignal {
    return this.#whole.#abortable().signal
  }

  abort(reason: unknown): void {
    this.#whole.#abortable().abort(reason)
  }

  #abortable(): AbortController {
    if (this.#controller) return this.#controller
    const controller = new AbortController()
    if (this.#stopNotice.given) controller.abort(this.#stopNotice.given.reason)
    else this.#unwatch = this.#stopNotice.watch(reason => controller.abort(reason))
    this.#controller = controller
    return controller
  }

  /**
   * Keeps the signal connected until the returned run has been released as often as this was called. (It is another one
   * if this belongs to the run of a handler that waited for it.)
   */
  retain(): Run {
    const run = this.#whole
    run.#users++
    return run
  }

  release(): void {
    if (--this.#users === 0) this.#unwatch?.()
  }

  /**
   * Registers a resource that is given up while the handler waits for a person. @returns a function that removes it.
   */
  hold(holding: Holding): () => void {
    this.#holdings = [...this.#holdings, holding]
    return () => {
      this.#holdings = this.#holdings.filter(other => other !== holding)
    }
  }

  /** Waits without occupying the slot, so that other handlers can run. */
  lend<T>(wait: Promise<T>): Promise<T> {
    return this.#slot.lend(wait)
  }

  /**
   * Waits for a person: gives up the slot and all other resources until `wait` settles, and has them again when the
   * returned promise settles. If several such waits overlap, the first gives up and the last takes again.
   */
  suspend<T>(wait: Promise<T>): Promise<T> {
    const run = this.#whole
    return run.lend(run.#letGoDuring(wait))
  }

  async #letGoDuring<T>(wait: Promise<T>): Promise<T> {
    if (this.#waits++ === 0) for (const { letGo } of this.#holdings) letGo()
    try {
      return await wait
    } finally {
      // The slot comes last: one that waits for other resources would keep other handlers from running.
      this.#waits--
      for (const { takeAgain } of this.#holdings) if (this.#waits === 0) await takeAgain()
    }
  }
}
