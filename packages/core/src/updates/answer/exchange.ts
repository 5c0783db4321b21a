import type { Reply } from '../update.ts'
import type { AckPolicy } from './ack-policy.ts'

/** Answer to one update, which can be sent once. */
export interface Exchange {
  /** Sends the answer. @returns false if there was one before. */
  readonly respond: (reply: Reply) => boolean
  /**
   * Replaces the answer that is sent at the deadline if the handler has sent none, counted from the arrival of the
   * update.
   */
  readonly expect: (overdue: AckPolicy['overdue']) => void
  /** Closes it without an answer. */
  readonly close: () => void
  readonly isOpen: boolean
  /** Registers a callback for when it is answered or closed; called at once if that has happened. */
  readonly onClose: (listener: () => void) => void
}

/** Creates an exchange: the first answer counts, and at the deadline a default one is sent. */
export function createExchange({ overdue }: Pick<AckPolicy, 'overdue'>, send: (reply: Reply) => unknown): Exchange {
  const since = performance.now()
  const listeners: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined
  let isOpen = true
  const close = (): void => {
    isOpen = false
    clearTimeout(timer)
    for (const listener of listeners.splice(0)) listener()
  }
  const respond = (reply: Reply): boolean => {
    if (!isOpen) return false
    // Closed only after sending: if the answer cannot be serialised, another one may follow.
    send(reply)
    close()
    return true
  }
  const expect = (next: AckPolicy['overdue']): void => {
    clearTimeout(timer)
    if (isOpen && next) timer = setTimeout(respond, Math.max(0, since + next.after - performance.now()), next.reply)
  }
  expect(overdue)
  return {
    respond,
    expect,
    close,
    get isOpen() {
      return isOpen
    },
    onClose(listener) {
      if (isOpen) listeners.push(listener)
      else listener()
    },
  }
}

/** Exchange of an update that was answered earlier. */
export function answeredExchange(): Exchange {
  const exchange = createExchange({}, () => {})
  exchange.close()
  return exchange
}
