import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchWake } from './wake.ts'

// Date and performance are moved apart by hand: that is what a sleep does to them.
let wall = 0
let monotonic = 0
let idle = 0

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  wall = monotonic = idle = 1_000_000
  vi.spyOn(Date, 'now').mockImplementation(() => wall)
  vi.spyOn(performance, 'now').mockImplementation(() => monotonic)
  vi.spyOn(performance, 'eventLoopUtilization').mockImplementation(() => ({ idle, active: 0, utilization: 0 }))
})

afterEach(() => {
  vi.useRealTimers()
})

/** Lets the next look happen after the clocks moved. */
function pass({ walls, monotonics, idles }: { walls: number; monotonics: number; idles: number }): void {
  wall += walls
  monotonic += monotonics
  idle += idles
  vi.advanceTimersByTime(2_000)
}

const quiet = { walls: 2_000, monotonics: 2_000, idles: 1_990 }

test('a wall clock that runs ahead of the monotonic one is a sleep', () => {
  const onWake = vi.fn()
  const stop = watchWake(onWake)
  pass(quiet)
  pass({ walls: 3_602_000, monotonics: 2_000, idles: 2_000 })
  pass(quiet)
  expect(onWake.mock.calls).toEqual([[3_600_000]])
  stop()
})

test('a loop that was idle for longer than its timer allows is a sleep, where both clocks ran on', () => {
  const onWake = vi.fn()
  const stop = watchWake(onWake)
  pass({ walls: 62_000, monotonics: 62_000, idles: 62_000 })
  pass(quiet)
  expect(onWake.mock.calls).toEqual([[60_000]])
  stop()
})

test('a loop that was blocked for long is no sleep', () => {
  const onWake = vi.fn()
  const stop = watchWake(onWake)
  pass({ walls: 120_000, monotonics: 120_000, idles: 1_500 })
  expect(onWake).not.toHaveBeenCalled()
  stop()
})

test('a clock that is set back, or ahead by less than the jump, is no sleep', () => {
  const onWake = vi.fn()
  const stop = watchWake(onWake)
  pass({ walls: -3_600_000, monotonics: 2_000, idles: 2_000 })
  pass({ walls: 11_900, monotonics: 2_000, idles: 2_000 })
  expect(onWake).not.toHaveBeenCalled()
  pass({ walls: 12_100, monotonics: 2_000, idles: 2_000 })
  expect(onWake).toHaveBeenCalledTimes(1)
  stop()
})

test('interval and jump can be set, and after stopping nothing is watched', () => {
  const onWake = vi.fn()
  const stop = watchWake(onWake, { interval: 10, jump: 100 })
  wall += 111
  monotonic += 10
  vi.advanceTimersByTime(10)
  expect(onWake.mock.calls).toEqual([[101]])
  stop()
  wall += 100_000
  vi.advanceTimersByTime(1_000)
  expect(onWake).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('a look does not fall over clocks that a test has put in place of the real ones', () => {
  vi.useFakeTimers()
  const onWake = vi.fn()
  const stop = watchWake(onWake)
  vi.advanceTimersByTime(6_000)
  stop()
  expect(onWake).not.toHaveBeenCalled()
})
