import fc from 'fast-check'
import { afterAll, vi } from 'vitest'
import { keepOutputWithItsTest } from './support/output.ts'

/** Property tests roll the dice anew each time; `DINGWARE_SEED` makes them fall as they fell before. */
const seed = process.env.DINGWARE_SEED
if (seed) fc.configureGlobal({ seed: Number(seed) })

keepOutputWithItsTest()

// Files share a process: what the last test of one has left standing would stand for those after it.
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  vi.resetConfig()
})
