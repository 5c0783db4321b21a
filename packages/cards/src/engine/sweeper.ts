import type { Logger } from '@dingware/core'
import { reasonOf } from '../deliver/failure.ts'

/** Runs a task now, and again and again; never two at once. */
export interface Sweeper {
  readonly start: () => void
  /** Resolves when the task that runs has ended. */
  readonly stop: () => Promise<void>
}

export function createSweeper(every: number, log: Logger, task: (signal: AbortSignal) => Promise<void>): Sweeper {
  let timer: NodeJS.Timeout | undefined
  let controller = new AbortController()
  let running: Promise<void> | undefined

  const sweep = (): void => {
    running ??= task(controller.signal)
      .catch(error => log.warn(`Looking for cards that were left open failed: ${reasonOf(error)}`))
      .finally(() => {
        running = undefined
      })
  }
  return {
    start() {
      if (timer) return
      controller = new AbortController()
      timer = setInterval(sweep, every)
      // A client that nobody closes must not keep the process alive.
      timer.unref()
      sweep()
    },
    async stop() {
      clearInterval(timer)
      timer = undefined
      controller.abort(new Error('the bot is stopping'))
      await running
    },
  }
}
