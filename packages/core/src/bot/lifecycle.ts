import { DingTalkError, type Logger } from '@dingware/transport'
import { thrownFields, thrownText } from '../utils/thrown-text.ts'
import { within } from '../utils/within.ts'
import type { Hook, StopHook } from './chain.ts'

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

/** Milliseconds that an `onStop` hook has left when its signal has aborted. */
const GRACE = 500

/** Creates the life cycle. Start and stop may be called at any time, and repeatedly. */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { logger, startHooks, connect, drain, stopHooks, disconnect } = options
  let starting: Promise<void> | undefined
  let stopping: Promise<void> | undefined
  /** Number of calls of `stop`: a start that was requested before such a call has to be cancelled. */
  let stops = 0
  let unwatch = (): void => {}

  const open = async (asked: number): Promise<void> => {
    await stopping
    for (const step of [...startHooks(), connect]) {
      if (asked !== stops) throw stoppedError()
      await step()
    }
  }

  const runStopHooks = async (timeout: number): Promise<void> => {
    for (const hook of stopHooks()) {
      const patience = new AbortController()
      const timer = setTimeout(() => patience.abort(new Error(`the bot stops, and ${timeout} ms are over`)), timeout)
      try {
        const isDone = await within(timeout + GRACE, Promise.resolve(hook(patience.signal)))
        if (!isDone) logger.error(`A hook of onStop did not end within ${timeout} ms. The bot stops without it.`)
      } catch (error) {
        logger.error(`A hook of onStop threw: ${thrownText(error)} The bot stops all the same.`, thrownFields(error))
      } finally {
        clearTimeout(timer)
      }
    }
  }

  const close = async (timeout: number): Promise<void> => {
    await drain(timeout)
    await runStopHooks(timeout)
    await disconnect()
  }

  const stop = ({ timeout = 10_000 }: StopOptions = {}): Promise<void> => {
    stops++
    starting = undefined
    unwatch()
    stopping ??= close(timeout).finally(() => {
      stopping = undefined
    })
    return stopping
  }

  /**
   * Stops the bot when the signal aborts. The listener is removed afterwards, since a signal may outlive the bot and
   * must not stop a later start.
   */
  const watch = (signal: AbortSignal | undefined): void => {
    const onAbort = (): void => void stop()
    signal?.addEventListener('abort', onAbort, { once: true })
    const before = unwatch
    unwatch = () => {
      before()
      signal?.removeEventListener('abort', onAbort)
      unwatch = () => {}
    }
  }

  return {
    get isStopping() {
      return stopping !== undefined
    },
    async start({ signal } = {}) {
      signal?.throwIfAborted()
      watch(signal)
      starting ??= open(stops)
      const mine = starting
      try {
        await mine
      } catch (error) {
        if (starting === mine) starting = undefined
        unwatch()
        throw signal?.aborted ? signal.reason : error
      }
    },
    stop,
  }
}

function stoppedError(): DingTalkError {
  return new DingTalkError('The bot was stopped before it was connected.', { code: 'ERR_STOPPED' })
}
