import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startRedis, testWithRedis } from '../../../../../tests/support/redis.ts'
import { memoryStore } from '../memory-store.ts'
import { redisStore } from '../redis-store.ts'
import type { Store } from '../store.ts'
import { acquireLock, tryLock } from './lock.ts'

describe('a lock', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  test('is held by one at a time, by its name', async () => {
    const store = memoryStore()
    const lock = await tryLock(store, 'a')
    expect(await tryLock(store, 'a')).toBeUndefined()
    const other = await tryLock(store, 'b')
    await lock?.release()
    await lock?.release()
    const again = await tryLock(store, 'a')
    expect(again).toBeDefined()
    await Promise.all([again?.release(), other?.release()])
  })

  test('is waited for, until it is given back, the time is over or the signal aborts', async () => {
    const store = memoryStore()
    const lock = await acquireLock(store, 'a')
    const waiting = acquireLock(store, 'a')
    const late = expect(acquireLock(store, 'a', { timeout: 500 })).rejects.toMatchObject({ code: 'ERR_LOCK_TIMEOUT' })
    const aborted = expect(acquireLock(store, 'a', { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow(
      'no',
    )
    await vi.advanceTimersByTimeAsync(1_000)
    await Promise.all([late, aborted])
    await lock.release()
    await vi.advanceTimersByTimeAsync(200)
    await (await waiting).release()
  })

  test('renews itself for as long as it is held', async () => {
    const store = memoryStore()
    const lock = await acquireLock(store, 'a', { leaseMs: 3_000 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await tryLock(store, 'a')).toBeUndefined()
    expect(lock.signal.aborted).toBe(false)
    await lock.release()
  })

  test('outlives its process by no more than the lease', async () => {
    const store = memoryStore()
    const dead = { ...store, set: () => new Promise<never>(() => {}), get: store.get }
    // It dies as soon as it has the lock: the first renewal is the last that arrives.
    await store.add('lock:a', 'a process that is gone', { ttlMs: 3_000 })
    expect(await tryLock(dead, 'a')).toBeUndefined()
    await vi.advanceTimersByTimeAsync(3_001)
    const next = await tryLock(store, 'a')
    expect(next).toBeDefined()
    await next?.release()
  })

  test('tells its holder when it is lost, because another has it or the store was away too long', async () => {
    const store = memoryStore()
    const taken = await acquireLock(store, 'a', { leaseMs: 3_000 })
    await store.set('lock:a', 'somebody else')
    await vi.advanceTimersByTimeAsync(1_100)
    expect(taken.signal.reason).toMatchObject({ code: 'ERR_LOCK_LOST' })
    await taken.release()
    expect(await store.get('lock:a')).toMatchObject({ value: 'somebody else' })

    let isAway = false
    const flaky: Store = { ...store, get: key => (isAway ? Promise.reject(new Error('away')) : store.get(key)) }
    const lost = await acquireLock(flaky, 'b', { leaseMs: 3_000 })
    isAway = true
    await vi.advanceTimersByTimeAsync(2_000)
    expect(lost.signal.aborted).toBe(false)
    isAway = false
    await vi.advanceTimersByTimeAsync(3_000)
    expect(lost.signal.aborted).toBe(false)
    isAway = true
    await vi.advanceTimersByTimeAsync(3_100)
    expect(lost.signal.reason).toMatchObject({ code: 'ERR_LOCK_LOST' })
  })

  test('has a token higher than any before it, also when clocks go wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -3_600_000, max: 3_600_000 }), { maxLength: 20 }), async skews => {
        const store = memoryStore()
        const start = Date.now()
        const tokens: number[] = []
        for (const skew of skews) {
          const lock = await tryLock(store, 'a')
          tokens.push(lock?.token ?? Number.NaN)
          await lock?.release()
          vi.setSystemTime(start + 7_200_000 + skew)
        }
        vi.setSystemTime(start)
        expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b))
      }),
      { numRuns: 30 },
    )
  })
})

testWithRedis('through Redis no two hold a lock at once, and nobody who waits is forgotten', async () => {
  const server = await startRedis()
  onTestFinished(server.close)
  const clients = [1, 2, 3].map(() => new Redis(server.path))
  onTestFinished(() => {
    for (const client of clients) client.disconnect()
  })
  let inside = 0
  const tokens: number[] = []
  const work = async (store: Store): Promise<void> => {
    await using lock = await acquireLock(store, 'a')
    expect(++inside).toBe(1)
    tokens.push(lock.token)
    await new Promise(setImmediate)
    inside--
  }
  await Promise.all(
    clients.flatMap(client => Array.from({ length: 5 }, () => work(redisStore(client, { timeoutMs: 10_000 })))),
  )
  expect(tokens).toHaveLength(15)
  expect(tokens).toEqual(tokens.toSorted((a, b) => a - b))
})
