import { sleep } from '@dingware/core/plugin'
import type { Lease } from '../engine/held-lease.ts'
import type { Leases } from '../engine/leases.ts'
import type { CardRecord } from '../engine/record.ts'

/** Milliseconds that a frame waits for the store. */
const SAVE_LIMIT = 500

/** The record of one card as it changes, and the lease that keeps it in the store while the card is open. */
export class KeptRecord {
  readonly #leases: Leases
  #record: CardRecord
  #lease: Lease | undefined

  constructor(leases: Leases, record: CardRecord) {
    this.#leases = leases
    this.#record = record
  }

  /** The record as it is now. */
  get now(): CardRecord {
    return this.#record
  }

  change(changes: Partial<CardRecord>): void {
    this.#record = { ...this.#record, ...changes }
  }

  /** Begins to keep it. */
  async hold(): Promise<void> {
    this.#lease = await this.#leases.hold(this.#record)
  }

  /** Has the store keep what changed, and does not wait for it. */
  save(): void {
    void this.#lease?.save(this.#record)
  }

  /**
   * The same before something is shown: whoever has to end the card may show more than was seen, and never less. A store
   * that hangs must not keep a card from being shown, though.
   */
  async saved(): Promise<void> {
    if (!this.#lease) return
    const late = new AbortController()
    await Promise.race([this.#lease.save(this.#record), sleep(SAVE_LIMIT, late.signal).catch(() => {})])
    late.abort()
  }

  /** Keeps it no longer: the card has ended, or was never there. */
  async release(): Promise<void> {
    await this.#lease?.release()
    this.#lease = undefined
  }

  /** Leaves the card, as `record` says, to whoever finds its lease. */
  async leave(record: CardRecord = this.#record): Promise<void> {
    await this.#lease?.leave(record)
  }
}
