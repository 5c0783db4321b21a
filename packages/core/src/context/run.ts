import type { Slot } from '@dingware/transport'
import type { Exchange } from '../updates/answer/exchange.ts'
import type { StopNotice } from './stop-notice.ts'

/** Something that a handler holds while it runs, such as its place in a lane, and that others may have while it waits. */
export interface Holding {
  readonly letGo: () => void
  /** Resolves when the handler has it again. */
  readonly takeAgain: () => Promise<void>
}

export interface RunOptions {
  readonly exchange: Exchange
  /** Aborts the signal. */
  readonly stopNotice: StopNotice
  /** None for the answer to a question: that is handled on the slot of the one who asked. */
  readonly slot?: Slot | undefined
}

const NO_SLOT: Slot = { lend: async wait => wait }

/**
 * The handling of one update, as the bot has it: its answer, its slot, its signal, and what it holds. An update that a
 * handler has waited for is part of that handler's run.
 */
export class Run {
  readonly exchange: Exchange
  readonly #slot: Slot
  readonly #stopNotice: StopNotice
  #asker: Run | undefined
  #controller: AbortController | undefined
  #unwatch: () => void = () => {}
  #users = 0
  #holdings: readonly Holding[] = []
  #waits = 0
  #isToBeRepeated = false

  constructor({ exchange, stopNotice, slot = NO_SLOT }: RunOptions) {
    this.exchange = exchange
    this.#stopNotice = stopNotice
    this.#slot = slot
  }

  /** The run whose handler took this update as its answer. */
  get asker(): Run | undefined {
    return this.#asker
  }

  /** Makes this a part of the run of a handler that waited for it: signal, slot and holdings are those. */
  join(asker: Run): void {
    this.#asker = asker.#whole
  }

  get #whole(): Run {
    return this.#asker ?? this
  }

  /** Whether the update is to be handled anew, by a fresh context, now that its handling has failed. */
  get isToBeRepeated(): boolean {
    return this.#isToBeRepeated
  }

  repeat(): void {
    this.#isToBeRepeated = true
  }

  /** Made when it is first asked for: most handlers never do. */
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

  /** Keeps the signal working until the function that comes back was called as often as this one. */
  retain(): () => void {
    const run = this.#whole
    run.#users++
    return () => {
      if (--run.#users === 0) run.#unwatch()
    }
  }

  /** Names something to be let go while the handler waits for a person. @returns a function that takes that back. */
  hold(holding: Holding): () => void {
    this.#holdings = [...this.#holdings, holding]
    return () => {
      this.#holdings = this.#holdings.filter(other => other !== holding)
    }
  }

  /** Waits without the slot, so that others can run. */
  lend<T>(wait: Promise<T>): Promise<T> {
    return this.#slot.lend(wait)
  }

  /**
   * Waits for a person: holds neither the slot nor anything else until `wait` settles, and has all of it again when the
   * promise that comes back does. Of several waits at once the first lets go and the last takes again.
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
      // The lanes first: a slot that waits for a lane would keep others from running.
      this.#waits--
      for (const { takeAgain } of this.#holdings) if (this.#waits === 0) await takeAgain()
    }
  }
}
