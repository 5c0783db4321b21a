import { afterEach, expect, test, vi } from 'vitest'
import { watchWake } from './wake.ts'

afterEach(() => void vi.useRealTimers())

test('a look does not fall over clocks that a test has put in place of the real ones', async () => {
  vi.useFakeTimers()
  const onWake = vi.fn()
  const stop = watchWake(onWake, { interval: 1_000, jump: 5_000 })
  await vi.advanceTimersByTimeAsync(3_000)
  stop()
  expect(onWake).not.toHaveBeenCalled()
})

test('a look does not fall over clocks that a test has put in place of the real ones', () => {
  vi.useFakeTimers()
  const onWake = vi.fn()
  const stop = watchWake(onWake)
  vi.advanceTimersByTime(6_000)
  stop()
  expect(onWake).not.toHaveBeenCalled()
})
