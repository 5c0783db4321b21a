import { DingTalkError, type Logger } from '@dingware/transport'
import { thrownFields, thrownText } from '../utils/thrown-text.ts'
import { within } from '../utils/within.ts'
import type { Hook, StopHook } from './chain.ts'

export interface StartOptions {
  /** Stops the bot, or gives up the start, when it aborts. */
  readonly signal?: AbortSignal | undefined
}

export interface StopOptions {
  /** How long running handlers are waited for, in milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
}

export interface LifecycleOptions {
  readonly logger: Logger
  /** What runs before the bot connects, in this order. */
  readonly startHooks: () => readonly Hook[]
  readonly connect: () => Promise<void>
  /** Waits for what runs. */
  readonly drain: (timeout: number) => Promise<void>
  /** What runs when nothing runs any more, in this order. */
  readonly stopHooks: () => readonly StopHook[]
  readonly disconnect: () => Promise<void>
}

/** From start to stop, any number of times. */
export interface Lifecycle {
  readonly isStopping: boolean
  readonly start: (options?: StartOptions) => Promise<void>
  readonly stop: (options?: StopOptions) => Promise<void>
}

/** Milliseconds that a hook of onStop has left to end in after its signal has aborted. */
const GRACE = 500

/** Creates the order of starting and stopping; both may be asked for at any time, and more than once. */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { logger, startHooks, connect, drain, stopHooks, disconnect } = options
  let starting: Promise<void> | undefined
  let stopping: Promise<void> | undefined
  /** How often somebody asked to stop: a start that was asked for before must not outlive that. */
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
      const deadline = new AbortController()
      const timer = setTimeout(() => deadline.abort(new Error(`the bot stops, and ${timeout} ms are over`)), timeout)
      try {
        const isDone = await within(timeout + GRACE, Promise.resolve(hook(deadline.signal)))
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

  /** Stops when the signal aborts; a signal outlives a bot, and must not stop the next start. */
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
