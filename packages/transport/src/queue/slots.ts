import { createFifo } from './fifo.ts'

/**
 * Right to run, which a piece of work holds from its beginning to its end.
 *
 * @example
 * queue.push(async slot => {
 *   const answer = await slot.lend(waitForAnswer())
 *   await handle(answer)
 * }, bytes)
 */
export interface Slot {
  /**
   * Lends the slot to others until `wait` settles, then takes one again, ahead of work that has not begun; resolves or
   * rejects as `wait` does. For work that waits for its turn or for a person, and would else keep others from running.
   *
   * Hint: of several waits at once the first lends the slot and the last takes it again. Work that has ended has none
   * to lend: it just waits.
   */
  readonly lend: <T>(wait: PromiseLike<T>) => Promise<T>
}

/** Slots of a queue: as many as may run at once. */
export class Slots {
  /** Slots that are taken, and not lent. */
  running = 0
  /** Pieces of work that have lent their slot. */
  lent = 0
  readonly #concurrency: number
  readonly #onChange: () => void
  readonly #returning = createFifo<() => void>()

  /** @param onChange called when a slot became free, or when lent work ended */
  constructor(concurrency: number, onChange: () => void) {
    this.#concurrency = concurrency
    this.#onChange = onChange
  }

  get isFree(): boolean {
    return this.running < this.#concurrency
  }

  /** Takes a slot for work that begins. */
  take(): HeldSlot {
    this.running++
    return new HeldSlot(this)
  }

  /** Takes a slot again for work that has lent its own, at once or when one is free. */
  takeAgain(): Promise<void> | undefined {
    if (!this.isFree) return new Promise(resolve => this.#returning.push(resolve))
    this.running++
    return undefined
  }

  /** Gives a free slot to the first one that lent its own and wants it again; false when there is none. */
  resume(): boolean {
    const resolve = this.#returning.shift()
    if (!resolve) return false
    this.running++
    resolve()
    return true
  }

  release(): void {
    this.running--
    this.#onChange()
  }

  changed(): void {
    this.#onChange()
  }
}

/** Slot of one piece of work: held while it runs, lent while at least one wait goes on, gone at its end. */
export class HeldSlot implements Slot {
  readonly #slots: Slots
  #waits = 0
  #isLent = false
  #hasEnded = false

  constructor(slots: Slots) {
    this.#slots = slots
  }

  /** Made when it is asked for, which is seldom; it may be taken off its slot. */
  get lend(): Slot['lend'] {
    return wait => this.#lend(wait)
  }

  async #lend<T>(wait: PromiseLike<T>): Promise<T> {
    if (this.#hasEnded) return wait
    this.#waits++
    if (!this.#isLent) {
      this.#isLent = true
      this.#slots.lent++
      this.#slots.release()
    }
    try {
      return await wait
    } finally {
      this.#waits--
      if (this.#waits === 0 && !this.#hasEnded) await this.#takeBack()
    }
  }

  /** Ends the work, so that others may run. */
  end(): void {
    this.drop()
    this.#slots.changed()
  }

  /** Does the same for work that returned nothing; the caller looks for others to run. */
  drop(): void {
    this.#hasEnded = true
    if (this.#isLent) this.#slots.lent--
    else this.#slots.running--
  }

  async #takeBack(): Promise<void> {
    await this.#slots.takeAgain()
    // In the meantime it may have ended, waited anew, or been given the slot by a wait that ended at the same time.
    if (this.#hasEnded || this.#waits > 0 || !this.#isLent) return this.#slots.release()
    this.#isLent = false
    this.#slots.lent--
  }
}
