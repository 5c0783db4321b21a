import { type Logger, thrownFields, thrownText } from '@dingware/transport'
import { within } from '../utils/within.ts'
import type { StopHook } from './chain.ts'

/** Milliseconds that an `onStop` hook has left when its signal has aborted. */
const GRACE = 500

/** Runs hooks one after another, each for `timeout` milliseconds. One that fails, or does not end, stops no other. */
export async function runStopHooks(hooks: readonly StopHook[], timeout: number, logger: Logger): Promise<void> {
  for (const hook of hooks) {
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
