import type { Logger } from '../log/logger.ts'
import { createListeners } from './listeners.ts'

/**
 * State of a client.
 *
 * - `idle`: not started
 * - `connecting`: never online since `start()`
 * - `online`: at least one socket is open
 * - `reconnecting`: was online, no socket is open
 * - `draining`: `stop()` waits for pending answers
 * - `stopped`: nothing of it is left; `start()` may be called again
 */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'draining' | 'stopped'

/** State of one client, and the listeners to it. */
export interface States {
  readonly now: ConnectionState
  readonly set: (next: ConnectionState) => void
  /** Takes the state that follows from the number of open sockets. */
  readonly follow: (open: number) => void
  /** Adds a listener. Returns a function that removes it. */
  readonly add: (listener: (state: ConnectionState) => void) => () => void
}

/** Creates the state of a client that has not been started. */
export function createStates(logger: Logger): States {
  const { add, emit } = createListeners<ConnectionState>(logger)
  let now: ConnectionState = 'idle'

  const set = (next: ConnectionState): void => {
    if (next === now) return
    now = next
    logger.debug(`The connection is ${next}.`)
    emit(next)
  }
  return {
    add,
    set,
    get now() {
      return now
    },
    follow(open) {
      if (now === 'draining' || now === 'stopped') return
      if (open > 0) set('online')
      else if (now === 'online') set('reconnecting')
    },
  }
}
