import type { Reply } from '../update.ts'
import type { AckPolicy } from './ack-policy.ts'

/** Way on which an update can be answered: the frame that it came in, for one. */
export interface ReplyChannel {
  /** Sends the answer. @returns false if that failed, because its socket is closed. */
  respond(reply: Reply): unknown
  /** True if an answer could be sent now. Default true. */
  readonly canRespond?: boolean
  /** Told that no answer will come. */
  leave?(): void
}

/** Answer to one update, which can be sent once: the first one counts, and at the deadline a default one is sent. */
export class Exchange {
  readonly #channel: ReplyChannel
  readonly #since: number = performance.now()
  #timer: NodeJS.Timeout | undefined
  #isOpen = true
  #listeners: (() => void)[] | undefined

  constructor({ overdue }: Pick<AckPolicy, 'overdue'>, channel: ReplyChannel) {
    this.#channel = channel
    if (overdue) this.expect(overdue)
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Sends the answer. @returns false if there was one before. */
  respond(reply: Reply): boolean {
    if (!this.#isOpen) return false
    // Closed only after sending: if the answer cannot be serialised, another one may follow.
    this.#channel.respond(reply)
    this.#end()
    return true
  }

  /**
   * Replaces the answer that is sent at the deadline if the handler has sent none, counted from the arrival of the
   * update.
   */
  expect(overdue: AckPolicy['overdue']): void {
    clearTimeout(this.#timer)
    if (!this.#isOpen || !overdue) return
    const left = this.#since + overdue.after - performance.now()
    this.#timer = setTimeout(() => this.respond(overdue.reply), Math.max(0, left))
  }

  /** Closes it without an answer. */
  close(): void {
    if (!this.#isOpen) return
    this.#end()
    this.#channel.leave?.()
  }

  /** Registers a callback for when it is answered or closed; called at once if that has happened. */
  onClose(listener: () => void): void {
    if (!this.#isOpen) {
      listener()
      return
    }
    this.#listeners ??= []
    this.#listeners.push(listener)
  }

  #end(): void {
    this.#isOpen = false
    if (this.#timer) clearTimeout(this.#timer)
    const listeners = this.#listeners
    this.#listeners = undefined
    for (const listener of listeners ?? []) listener()
  }
}

const NOWHERE: ReplyChannel = { respond() {} }

/** Exchange of an update that was answered earlier. */
export function answeredExchange(): Exchange {
  const exchange = new Exchange({}, NOWHERE)
  exchange.close()
  return exchange
}
