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
    const times = await timesOf(8)
    expect(times.slice(0, 5)).toEqual([0, 0, 0, 0, 0])
    expect(times.slice(5).every(at => at > 0)).toBe(true)
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
    await expect(limiter.acquire({ priority: 1 })).rejects.toThrow(/2 others already wait/)
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
})
