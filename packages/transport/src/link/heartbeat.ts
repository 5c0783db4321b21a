/** Settings of the pings that find out whether the other side is still there. */
export interface HeartbeatOptions {
  /** Milliseconds between pings. Default 25,000. */
  readonly interval?: number | undefined
  /** Unanswered pings after which the socket counts as dead. Default 2. */
  readonly misses?: number | undefined
}

/** The pings of one socket. */
export interface Heartbeat {
  /** Notes that something came in, so the peer lives. */
  readonly alive: () => void
  readonly stop: () => void
}

/**
 * Pings at an interval and reports a peer that left `misses` pings unanswered. Anything that comes in counts as an
 * answer, silence alone does not count against a peer: idle is not dead.
 *
 * Hint: after a blocked event loop the timer fires before the socket is read, while the answer may lie in its buffer.
 * So the check runs one turn of the loop later, after reading.
 */
export function startHeartbeat(ping: () => void, onDead: () => void, options: HeartbeatOptions = {}): Heartbeat {
  const { interval = 25_000, misses = 2 } = options
  let unanswered = 0
  let pendingCheck: NodeJS.Immediate | undefined

  const check = (): void => {
    pendingCheck = undefined
    if (unanswered >= misses) {
      stop()
      onDead()
      return
    }
    unanswered++
    ping()
  }
  const timer = setInterval(() => {
    pendingCheck ??= setImmediate(check)
  }, interval)

  const stop = (): void => {
    clearInterval(timer)
    clearImmediate(pendingCheck)
  }
  return {
    alive() {
      unanswered = 0
    },
    stop,
  }
}
