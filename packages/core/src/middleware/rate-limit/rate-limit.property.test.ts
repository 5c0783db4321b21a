import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PASS_TIME, startRedis, testWithRedis } from '../../../../../tests/support/redis.ts'
import { message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { createBot } from '../../bot/bot.ts'
import { lmdbStore } from '../../store/lmdb/lmdb-store.ts'
import { memoryStore } from '../../store/memory-store.ts'
import { redisStore } from '../../store/redis-store.ts'
import type { Store } from '../../store/store.ts'
import { rateLimit } from './rate-limit.ts'

/** After so many units of time a sender says so many things at once. */
interface Step {
  readonly after: number
  readonly sender: string
  readonly count: number
}

interface Limit {
  readonly limit: number
  readonly window: number
}

interface World {
  readonly store?: Store | undefined
  /** Milliseconds of a unit of time. */
  readonly unit?: number
  /** How many processes the bot runs in: what comes at once is spread over them. Default 1. */
  readonly processes?: number
  /** Lets time pass for the store as well. */
  readonly pass?: (ms: number) => Promise<unknown>
}

/** How many of each step were handled. */
async function play(steps: readonly Step[], { limit, window }: Limit, world: World = {}): Promise<number[]> {
  const { store, unit = 1, processes = 1, pass } = world
  const handled: number[] = []
  const bots = Array.from({ length: processes }, () => {
    const bot = createBot({ clientId: 'ding-test', logger: recordingLogger(), store })
    return bot.use(rateLimit({ limit, window: window * unit })).use(() => void handled.push((handled.pop() ?? 0) + 1))
  })
  let said = 0
  for (const { after, sender, count } of steps) {
    vi.advanceTimersByTime(after * unit)
    await pass?.(after * unit)
    handled.push(0)
    await Promise.all(
      Array.from({ length: count }, () => bots[said++ % processes]?.handle(message({ senderId: sender }))),
    )
  }
  return handled
}

/** The same by the definition: so many as do not make it more than `limit` in the window that ends now. */
function expected(steps: readonly Step[], { limit, window }: Limit): number[] {
  const passed: { readonly at: number; readonly sender: string }[] = []
  let now = 0
  return steps.map(({ after, sender, count }) => {
    now += after
    // In no time there is no limit, but that of nothing.
    if (window === 0) return limit === 0 ? 0 : count
    const before = passed.filter(one => one.sender === sender && now - one.at < window).length
    const room = Math.max(0, Math.min(count, limit - before))
    for (let i = 0; i < room; i++) passed.push({ at: now, sender })
    return room
  })
}

/** The most that one sender got through in any window, wherever it begins. */
function mostIn(window: number, steps: readonly Step[], handled: readonly number[]): number {
  let now = 0
  const all = steps.map(({ after, sender }, index) => {
    now += after
    return { at: now, sender, handled: handled[index] ?? 0 }
  })
  const inWindow = all.map(first =>
    all
      .filter(({ at, sender }) => sender === first.sender && at >= first.at && at - first.at < window)
      .reduce((sum, one) => sum + one.handled, 0),
  )
  return Math.max(0, ...inWindow)
}

// So few units that steps often fall on the very end of a window.
const step: fc.Arbitrary<Step> = fc.record({
  after: fc.nat(5),
  sender: fc.constantFrom('a', 'b'),
  count: fc.integer({ min: 1, max: 3 }),
})
const steps = fc.array(step, { maxLength: 25 })
const limits = fc.record({ limit: fc.nat(4), window: fc.nat(12) })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
})

afterEach(() => {
  vi.useRealTimers()
})

test('without a store, what passes is exactly what never makes more than the limit in any window', async () => {
  await fc.assert(
    fc.asyncProperty(steps, limits, async (steps, limit) => {
      const handled = await play(steps, limit)
      expect(handled).toEqual(expected(steps, limit))
      if (limit.window > 0) expect(mostIn(limit.window, steps, handled)).toBeLessThanOrEqual(limit.limit)
    }),
  )
})

test('with a store in memory the same passes of what two processes get', async () => {
  await fc.assert(
    fc.asyncProperty(steps, limits, async (steps, limit) => {
      expect(await play(steps, limit, { store: memoryStore(), processes: 2 })).toEqual(expected(steps, limit))
    }),
  )
})

test('with a store in a file the same passes of what two processes get', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-limits-'))
  const path = (name: string): string => join(folder, name)
  let files = 0
  await fc.assert(
    fc.asyncProperty(steps, limits, async (steps, limit) => {
      await using store = lmdbStore({ path: path(String(files++)) })
      expect(await play(steps, limit, { store, processes: 2 })).toEqual(expected(steps, limit))
    }),
    { numRuns: 10 },
  )
  await rm(folder, { recursive: true, force: true })
})

testWithRedis('with Redis the same passes of what two processes get', async () => {
  const server = await startRedis()
  const client = new Redis(server.path)
  const pass = (ms: number): Promise<unknown> => client.eval(PASS_TIME, 0, ms)
  // Time passes in hours here, and windows end between them: the moments that a run takes decide nothing.
  const windows = fc.record({ limit: fc.nat(4), window: fc.nat(8).map(hours => hours + 0.5) })
  await fc.assert(
    fc.asyncProperty(steps, windows, async (steps, limit) => {
      await client.flushall()
      const handled = await play(steps, limit, { store: redisStore(client), processes: 2, unit: 3_600_000, pass })
      expect(handled).toEqual(expected(steps, limit))
    }),
    { numRuns: 40 },
  )
  client.disconnect()
  await server.close()
})

test('a store that comes and goes lets one process pass no more than the limit in any window', async () => {
  const outages = fc.infiniteStream(fc.boolean())
  await fc.assert(
    fc.asyncProperty(steps, limits, outages, async (steps, limit, outages) => {
      const store = memoryStore()
      const get = (key: string): ReturnType<Store['get']> =>
        outages.next().value ? Promise.reject(new Error('away')) : store.get(key)
      // A store that failed is left alone for two of these.
      const handled = await play(steps, limit, { store: { ...store, get }, unit: 500 })
      if (limit.window > 0) expect(mostIn(limit.window, steps, handled)).toBeLessThanOrEqual(limit.limit)
      // Nor is anybody refused for nothing, as long as the store has not counted what the process has forgotten.
      if (limit.limit > 0 && steps.length > 0) expect(handled[0]).toBeGreaterThan(0)
    }),
  )
})
