import type { Logger } from '../log/logger.ts'
import { createListeners } from './listeners.ts'

/**
 * - `idle`: not started
 * - `connecting`: never online since `start()`
 * - `online`: at least one socket is open
 * - `reconnecting`: was online, no socket is open
 * - `draining`: `stop()` waits for answers still owed
 * - `stopped`
 */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'draining' | 'stopped'

export interface States {
  readonly now: ConnectionState
  readonly set: (next: ConnectionState) => void
  /** Takes notice of how many sockets are open. */
  readonly follow: (open: number) => void
  readonly add: (listener: (state: ConnectionState) => void) => () => void
}

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
