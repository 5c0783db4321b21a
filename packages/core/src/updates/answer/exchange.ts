import type { Reply } from '../update.ts'
import type { AckPolicy } from './ack-policy.ts'

/** The one answer to one update. */
export interface Exchange {
  /** Answers. @returns false when it was answered before. */
  readonly respond: (reply: Reply) => boolean
  /** Puts another in place of the answer that is given when the handler's is overdue, as if from the beginning. */
  readonly expect: (overdue: AckPolicy['overdue']) => void
  /** Ends the wait for an answer. */
  readonly close: () => void
  readonly isOpen: boolean
  /** Calls back when it was answered or closed: at once where that has happened. */
  readonly onClose: (listener: () => void) => void
}

/** Creates an exchange: the first answer counts, and one that is overdue is given for the handler. */
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
    // Sent before it closes: what cannot be written (a circular body) leaves room for another answer.
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

/** The exchange of an update that was answered before it came here. */
export function answeredExchange(): Exchange {
  const exchange = createExchange({}, () => {})
  exchange.close()
  return exchange
}
