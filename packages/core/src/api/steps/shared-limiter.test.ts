import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Limiter } from './limiter.ts'
import { createLimiter } from './limiter.ts'
import { createSharedLimiter } from './shared-limiter.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** One that may go every 100 ms, unless others have been faster: then it waits as long as `take` says. */
function newLimiter(take: () => Promise<number>, maxWaiting = 100): Limiter {
  const own = createLimiter({ perSecond: 11, burst: 1, maxWaiting })
  return createSharedLimiter({ own, take, maxWaiting, limit: '11 a second' })
}

/** Notes when each call goes. */
function enter(limiter: Limiter, times: number[], signal?: AbortSignal): Promise<void> {
  return limiter.acquire({ priority: 1, signal }).then(() => void times.push(performance.now()))
}

test('lets one after another go, as the limit of this process and that of all have it', async () => {
  const waits = [0, 50, 0, 300, 20, 0]
  const limiter = newLimiter(async () => waits.shift() ?? 0)
  const times: number[] = []
  for (let index = 0; index < 3; index++) void enter(limiter, times)
  await vi.runAllTimersAsync()
  // At 100 ms others were faster, for 50 ms; at 200 ms for 300 ms and again for 20.
  expect(times).toEqual([0, 150, 520])
  expect(waits).toEqual([])
})

test('asks for nobody when nobody waits any more, and for those who come later', async () => {
  let asked = 0
  let wait = 1_000
  const limiter = newLimiter(async () => {
    asked++
    return wait
  })
  const controller = new AbortController()
  const gone = enter(limiter, [], controller.signal)
  await vi.advanceTimersByTimeAsync(500)
  controller.abort(new Error('no longer wanted'))
  await expect(gone).rejects.toThrow('no longer wanted')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
  expect(limiter.isIdle()).toBe(true)
  wait = 0
  const times: number[] = []
  await enter(limiter, times)
  expect(times).toEqual([10_500])
})

test('lets those go who came in the moment in which the last one gave up', async () => {
  let wait = 1_000
  const limiter = newLimiter(async () => wait)
  const controller = new AbortController()
  const gone = enter(limiter, [], controller.signal)
  await vi.advanceTimersByTimeAsync(500)
  wait = 0
  controller.abort()
  const times: number[] = []
  void enter(limiter, times)
  await expect(gone).rejects.toThrow()
  await vi.runAllTimersAsync()
  expect(times).toHaveLength(1)
})

test('goes on with the others when one gives up', async () => {
  const limiter = newLimiter(async () => 0)
  const controller = new AbortController()
  const times: number[] = []
  void enter(limiter, times)
  const gone = enter(limiter, times, controller.signal)
  void enter(limiter, times)
  controller.abort()
  await expect(gone).rejects.toThrow()
  await vi.runAllTimersAsync()
  expect(times).toEqual([0, 100])
})

test('refuses what would wait behind too many others, and what was given up before it came', async () => {
  const limiter = newLimiter(async () => 0, 2)
  const times: number[] = []
  for (let index = 0; index < 2; index++) void enter(limiter, times)
  await expect(enter(limiter, times)).rejects.toThrow('2 others already wait for the rate limit of 11 a second')
  await vi.runAllTimersAsync()
  expect(times).toHaveLength(2)
  await expect(enter(limiter, times, AbortSignal.abort())).rejects.toThrow()
})

test('is idle when nobody waits and nothing is remembered', async () => {
  const limiter = newLimiter(async () => 0)
  expect(limiter.isIdle()).toBe(true)
  void enter(limiter, [])
  expect(limiter.isIdle()).toBe(false)
  await vi.advanceTimersByTimeAsync(50)
  expect(limiter.isIdle()).toBe(false)
  await vi.advanceTimersByTimeAsync(50)
  expect(limiter.isIdle()).toBe(true)
})
