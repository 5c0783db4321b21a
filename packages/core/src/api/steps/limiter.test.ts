import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLimiter, type LimiterOptions } from './limiter.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const options: LimiterOptions = { perSecond: 20, burst: 5, maxWaiting: 100 }

/** When each of `count` calls may go, in milliseconds from now. */
async function timesOf(count: number, limiter = createLimiter(options)): Promise<number[]> {
  const start = performance.now()
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    void limiter.acquire({ priority: 1 }).then(() => times.push(performance.now() - start))
  }
  await vi.runAllTimersAsync()
  return times
}

/** The most that lie within any second. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(0, ...times.map(from => times.filter(at => at >= from && at < from + 1_000).length))
}

describe('a limiter', () => {
  test('lets a burst go at once and makes the rest wait', async () => {
    // 20 a second beside the burst.
    expect(await timesOf(8, createLimiter({ ...options, perSecond: 25 }))).toEqual([0, 0, 0, 0, 0, 50, 100, 150])
  })

  test.each([
    ['a burst above the limit is less than the limit', { perSecond: 3, burst: 5 }, [0, 0, 667, 1_334]],
    ['one a second: each waits two, so that no second sees two', { perSecond: 1, burst: 5 }, [0, 2_000, 4_000]],
    ['one in two seconds', { perSecond: 0.5, burst: 1 }, [0, 4_000]],
    ['no burst', { perSecond: 11, burst: 1 }, [0, 100, 200]],
  ])('%s', async (_name, some, times) => {
    expect(await timesOf(times.length, createLimiter({ ...options, ...some }))).toEqual(times)
  })

  test('without a limit lets everything go', async () => {
    const times = await timesOf(20, createLimiter({ ...options, perSecond: Number.POSITIVE_INFINITY }))
    expect(times).toHaveLength(20)
    expect(Math.max(...times)).toBeLessThan(10)
  })

  test('is idle when nothing waits and its burst is there again', async () => {
    const limiter = createLimiter({ ...options, perSecond: 2, burst: 1 })
    expect(limiter.isIdle()).toBe(true)
    for (let index = 0; index < 2; index++) void limiter.acquire({ priority: 1 })
    expect(limiter.isIdle()).toBe(false)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(limiter.isIdle()).toBe(false)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(limiter.isIdle()).toBe(true)
  })

  test('lets at most so many go in any second, whenever they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 }), async pauses => {
        const limiter = createLimiter(options)
        const times: number[] = []
        for (const pause of pauses) {
          await vi.advanceTimersByTimeAsync(pause)
          void limiter.acquire({ priority: 1 }).then(() => times.push(performance.now()))
        }
        await vi.runAllTimersAsync()
        expect(times).toHaveLength(pauses.length)
        expect(mostInASecond(times)).toBeLessThanOrEqual(options.perSecond)
      }),
      { numRuns: 30 },
    )
  })

  test('comes close to its limit when much is waiting', async () => {
    const times = await timesOf(95)
    expect((times.at(-1) ?? 0) / 1_000).toBeLessThan(90 / 15 + 0.5)
  })

  test('lets those of lower priority number go first, and the longest wait among equals', async () => {
    const limiter = createLimiter({ ...options, burst: 1 })
    const order: string[] = []
    const enter = (name: string, priority: number): void =>
      void limiter.acquire({ priority }).then(() => order.push(name))
    enter('first', 1)
    enter('update 1', 2)
    enter('update 2', 2)
    enter('finalize', 1)
    enter('create', 0)
    await vi.runAllTimersAsync()
    expect(order).toEqual(['first', 'create', 'finalize', 'update 1', 'update 2'])
  })

  test('refuses what would wait behind too many others', async () => {
    const limiter = createLimiter({ perSecond: 20, burst: 1, maxWaiting: 2 })
    for (let index = 0; index < 3; index++) void limiter.acquire({ priority: 1 })
    const error = await limiter.acquire({ priority: 1 }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'ERR_THROTTLE_FULL' })
    expect(String(error)).toContain('2 others already wait for the rate limit of 20 a second')
    await vi.runAllTimersAsync()
  })

  test('forgets a call whose signal aborts, and leaves no timer when it was the last', async () => {
    const limiter = createLimiter({ ...options, burst: 1 })
    const controller = new AbortController()
    void limiter.acquire({ priority: 1 })
    const waiting = limiter.acquire({ priority: 1, signal: controller.signal })
    controller.abort(new Error('no longer wanted'))
    await expect(waiting).rejects.toThrow('no longer wanted')
    expect(vi.getTimerCount()).toBe(0)
    await expect(limiter.acquire({ priority: 1, signal: controller.signal })).rejects.toThrow('no longer wanted')
  })

  test('begins anew after the last one gave up', async () => {
    const limiter = createLimiter({ ...options, perSecond: 11, burst: 1 })
    const controller = new AbortController()
    void limiter.acquire({ priority: 1 })
    const waiting = limiter.acquire({ priority: 1, signal: controller.signal })
    controller.abort()
    await expect(waiting).rejects.toThrow()
    expect(await timesOf(2, limiter)).toEqual([100, 200])
  })

  test('goes on with the others when one gives up', async () => {
    const limiter = createLimiter({ ...options, burst: 1 })
    const controller = new AbortController()
    void limiter.acquire({ priority: 1 })
    const waiting = limiter.acquire({ priority: 1, signal: controller.signal })
    const rest = timesOf(2, limiter)
    controller.abort()
    await expect(waiting).rejects.toThrow()
    expect(await rest).toHaveLength(2)
  })

  test('lets nobody go whose signal has aborted, even if there is room', async () => {
    const limiter = createLimiter(options)
    await expect(limiter.acquire({ priority: 1, signal: AbortSignal.abort() })).rejects.toThrow()
    expect(limiter.isIdle()).toBe(true)
  })

  test('minds no signal of a call that has gone', async () => {
    const limiter = createLimiter({ ...options, burst: 1 })
    const controller = new AbortController()
    void limiter.acquire({ priority: 1 })
    const gone = limiter.acquire({ priority: 1, signal: controller.signal })
    await vi.runAllTimersAsync()
    await gone
    const rest = timesOf(2, limiter)
    controller.abort()
    expect(await rest).toHaveLength(2)
  })
})
