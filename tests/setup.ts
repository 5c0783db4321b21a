import fc from 'fast-check'
import { afterAll, beforeAll, vi } from 'vitest'
import { keepOutputWithItsTest } from './support/output.ts'
import { startStalls } from './support/stalls.ts'

/** Property tests roll the dice anew each time; `DINGWARE_SEED` makes them fall as they fell before. */
const seed = process.env.DINGWARE_SEED
if (seed) fc.configureGlobal({ seed: Number(seed) })

keepOutputWithItsTest()

/** The longest stall in milliseconds, where a slow machine is played. */
const stalls = process.env.DINGWARE_STALLS
if (stalls) beforeAll(() => startStalls(Number(stalls)))

// Files share a process: what the last test of one has left standing would stand for those after it.
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  vi.resetConfig()
})
