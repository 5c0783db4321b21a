import type { LeaseEntries } from './lease-entries.ts'
import type { CardRecord } from './record.ts'

/** A card that is open, kept in the store so that it is ended even when this process is not there any more. */
export interface Lease {
  /** Writes down what the card shows by now. Resolves when the store has it, or has failed; never rejects. */
  readonly save: (record: CardRecord) => Promise<void>
  /** The card has ended. */
  readonly release: () => Promise<void>
  /** The card could not be ended: whoever finds the lease tries again. */
  readonly leave: (record: CardRecord) => Promise<void>
}

export interface HeldLeaseOptions {
  readonly record: CardRecord
  readonly entries: LeaseEntries
  /** Milliseconds that an entry is good for without being renewed. */
  readonly duration: number
  /** Told that it is not to be renewed any more. */
  readonly onEnd: (id: string) => void
}

/** A lease that this process holds, and renews. */
export class HeldLease implements Lease {
  /** The outTrackId that the card was sent with; the platform may give it another. */
  readonly id: string
  readonly #options: HeldLeaseOptions
  #record: CardRecord
  #writing: Promise<void> | undefined
  #isStale = false
  #isHeld = true

  constructor(options: HeldLeaseOptions) {
    this.id = options.record.outTrackId
    this.#options = options
    this.#record = options.record
  }

  save(record: CardRecord): Promise<void> {
    this.#record = record
    return this.renew()
  }

  /** One write at a time; what comes meanwhile makes one more. */
  async renew(): Promise<void> {
    this.#isStale = true
    this.#writing ??= this.#write()
    await this.#writing
  }

  async release(): Promise<void> {
    await this.#letGo()
    await this.#options.entries.delete(this.id)
  }

  async leave(record: CardRecord): Promise<void> {
    await this.#letGo()
    await this.#options.entries.put(this.id, record, this.#options.duration)
  }

  async #write(): Promise<void> {
    const { entries, duration } = this.#options
    while (this.#isStale && this.#isHeld) {
      this.#isStale = false
      await entries.put(this.id, this.#record, duration)
    }
    this.#writing = undefined
  }

  async #letGo(): Promise<void> {
    this.#isHeld = false
    this.#options.onEnd(this.id)
    await this.#writing
  }
}
