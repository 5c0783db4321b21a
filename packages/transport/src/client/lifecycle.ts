import { createDeferred } from '../utils/deferred.ts'
import { type Session, stoppedError } from './session.ts'
import type { States } from './states.ts'

/** Time for which `stop()` waits for pending answers unless told otherwise, in milliseconds. */
export const STOP_TIMEOUT = 3_000

/** Starts and stops of one client, in order. */
export interface Lifecycle {
  readonly openLinks: number
  readonly start: (signal: AbortSignal | undefined) => Promise<void>
  readonly stop: (timeout: number) => Promise<void>
}

/**
 * Puts calls of `start` and `stop`, which may come at any time and in any number, into an order: there is never more
 * than one session, and who calls last decides.
 *
 * @param begin Opens a session, unless what it does before makes `isWanted` false.
 */
export function createLifecycle(states: States, begin: (isWanted: () => boolean) => Session): Lifecycle {
  let session: Session | undefined
  let stopping: Promise<void> | undefined
  /** Number of calls of `stop()`: a start that was asked for before one must not outlive it. */
  let stops = 0
  const signals = createSignals(() => void stop(STOP_TIMEOUT))
  const close = async (timeout: number): Promise<void> => {
    if (session) {
      states.set('draining')
      signals.release()
      await session.close(timeout)
      session = undefined
    }
    states.set('stopped')
    stopping = undefined
  }
  const halt = (timeout: number): Promise<void> => {
    if (stopping) return stopping
    // Known before anything happens, because a listener may stop the client once more.
    const stopped = createDeferred()
    stopping = stopped.promise
    close(timeout).then(stopped.resolve, stopped.reject)
    return stopped.promise
  }
  const stop = (timeout: number): Promise<void> => {
    stops++
    return halt(timeout)
  }

  return {
    stop,
    get openLinks() {
      return session?.openLinks ?? 0
    },
    async start(signal) {
      const asked = stops
      if (stopping) await stopping
      signal?.throwIfAborted()
      if (asked !== stops) throw stoppedError()
      session ??= begin(() => asked === stops)
      signals.follow(signal)
      try {
        await session.opened
      } catch (error) {
        await halt(0)
        throw signal?.aborted ? signal.reason : error
      }
    },
  }
}

/** The signals of the calls of `start()`, each of which ends the session. */
interface Signals {
  readonly follow: (signal: AbortSignal | undefined) => void
  /** Takes the listeners away again. */
  readonly release: () => void
}

function createSignals(onAbort: () => void): Signals {
  const releases: (() => void)[] = []
  return {
    follow(signal) {
      const listener = (): void => onAbort()
      signal?.addEventListener('abort', listener, { once: true })
      releases.push(() => signal?.removeEventListener('abort', listener))
    },
    release() {
      for (const release of releases.splice(0)) release()
    },
  }
}
