import type { AckPolicy } from '../ack/ack-policy.ts'
import type { Reply } from '../update/update.ts'

/** The one answer to one update. */
export interface Exchange {
  /** Answers. @returns false when it was answered before. */
  readonly respond: (reply: Reply) => boolean
  /** Puts another in place of the answer that is given when the handler's is overdue; counts from `since` on. */
  readonly expect: (overdue: AckPolicy['overdue'], since?: number) => void
  /** Ends the wait for an answer. */
  readonly close: () => void
  readonly isOpen: boolean
  /** Calls back when it was answered or closed. */
  readonly onClose: (listener: () => void) => void
}

/** Creates an exchange: the first answer counts, and one that is overdue is given for the handler. */
export function createExchange({ overdue }: Pick<AckPolicy, 'overdue'>, send: (reply: Reply) => unknown): Exchange {
  let timer: NodeJS.Timeout | undefined
  let isOpen = true
  let listeners: (() => void)[] = []
  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    clearTimeout(timer)
    for (const listener of listeners) listener()
    listeners = []
  }
  const respond = (reply: Reply): boolean => {
    if (!isOpen) return false
    // Sent before it closes: what cannot be written (a circular body) leaves room for another answer.
    send(reply)
    close()
    return true
  }
  const expect = (next: AckPolicy['overdue'], since = performance.now()): void => {
    clearTimeout(timer)
    if (isOpen && next) timer = setTimeout(respond, Math.max(0, next.after - (performance.now() - since)), next.reply)
  }
  if (overdue) timer = setTimeout(respond, overdue.after, overdue.reply)
  return {
    respond,
    expect,
    close,
    get isOpen() {
      return isOpen
    },
    onClose: listener => void listeners.push(listener),
  }
}

/** The exchange of an update that was answered before it came here. */
export function answeredExchange(): Exchange {
  const exchange = createExchange({}, () => {})
  exchange.close()
  return exchange
}
