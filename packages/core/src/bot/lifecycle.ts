import { DingTalkError, type Logger } from '@dingware/transport'
import type { Hook, StopHook } from './chain.ts'
import { runStopHooks } from './stop-hooks.ts'

/** Options of `bot.start`. */
export interface StartOptions {
  /** Stops the bot, or cancels the start, when it aborts. */
  readonly signal?: AbortSignal | undefined
}

/** Options of `bot.stop`. */
export interface StopOptions {
  /** Time limit for running handlers, in milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
}

export interface LifecycleOptions {
  readonly logger: Logger
  /** Hooks to run before connecting, in order. */
  readonly startHooks: () => readonly Hook[]
  readonly connect: () => Promise<void>
  /** Waits for running handlers. */
  readonly drain: (timeout: number) => Promise<void>
  /** Hooks to run when nothing else runs, in order. */
  readonly stopHooks: () => readonly StopHook[]
  readonly disconnect: () => Promise<void>
}

/** Life cycle of a bot, which may be started and stopped repeatedly. */
export interface Lifecycle {
  readonly isStopping: boolean
  readonly start: (options?: StartOptions) => Promise<void>
  readonly stop: (options?: StopOptions) => Promise<void>
}

/** Creates the life cycle. Start and stop may be called at any time, and repeatedly. */
export function createLifecycle({ logger, startHooks, connect, ...end }: LifecycleOptions): Lifecycle {
  let starting: Promise<void> | undefined
  let stopping: Promise<void> | undefined
  /** Number of calls of `stop`: a start that was requested before such a call has to be cancelled. */
  let stops = 0
  /** A signal outlives a bot, and must not stop the next start. */
  const signals = createSignalWatch(() => void stop())

  const open = async (asked: number): Promise<void> => {
    await stopping
    for (const step of [...startHooks(), connect]) {
      if (asked !== stops) throw stoppedError()
      await step()
    }
  }

  const close = async (timeout: number): Promise<void> => {
    await end.drain(timeout)
    await runStopHooks(end.stopHooks(), timeout, logger)
    await end.disconnect()
  }

  const stop = ({ timeout = 10_000 }: StopOptions = {}): Promise<void> => {
    stops++
    starting = undefined
    signals.release()
    stopping ??= close(timeout).finally(() => {
      stopping = undefined
    })
    return stopping
  }

  return {
    get isStopping() {
      return stopping !== undefined
    },
    async start({ signal } = {}) {
      signal?.throwIfAborted()
      signals.watch(signal)
      starting ??= open(stops)
      const mine = starting
      try {
        await mine
      } catch (error) {
        if (starting === mine) starting = undefined
        signals.release()
        throw signal?.aborted ? signal.reason : error
      }
    },
    stop,
  }
}

function stoppedError(): DingTalkError {
  return new DingTalkError('The bot was stopped before it was connected.', { code: 'ERR_STOPPED' })
}

interface SignalWatch {
  readonly watch: (signal: AbortSignal | undefined) => void
  /** Watches none any more. */
  readonly release: () => void
}

/** Calls back when a signal aborts that is watched. */
function createSignalWatch(onAbort: () => void): SignalWatch {
  const watched = new Set<AbortSignal>()
  return {
    watch(signal) {
      signal?.addEventListener('abort', onAbort, { once: true })
      if (signal) watched.add(signal)
    },
    release() {
      for (const signal of watched) signal.removeEventListener('abort', onAbort)
      watched.clear()
    },
  }
}
