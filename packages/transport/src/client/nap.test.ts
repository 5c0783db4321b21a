import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNaps } from './nap.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('a nap ends when its time is up', async () => {
  const done = vi.fn()
  void createNaps(new AbortController().signal).wait(1_000).then(done)
  await vi.advanceTimersByTimeAsync(999)
  expect(done).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(done).toHaveBeenCalled()
})

test('a nap longer than any timer does not end at once', () => {
  const onWarning = vi.spyOn(process, 'emitWarning')
  vi.useRealTimers()
  const naps = createNaps(new AbortController().signal)
  void naps.wait(2 ** 40)
  naps.wake()
  expect(onWarning).not.toHaveBeenCalled()
})

test('wake() ends all naps of that moment, and no later one', async () => {
  const naps = createNaps(new AbortController().signal)
  const both = Promise.all([naps.wait(60_000), naps.wait(70_000)])
  naps.wake()
  await both
  expect(vi.getTimerCount()).toBe(0)
  void naps.wait(60_000)
  expect(vi.getTimerCount()).toBe(1)
})

test('an abort ends all naps, and later ones do not begin', async () => {
  const controller = new AbortController()
  const naps = createNaps(controller.signal)
  const nap = naps.wait(60_000)
  controller.abort()
  await nap
  await naps.wait(60_000)
  expect(vi.getTimerCount()).toBe(0)
})

test('no time is no nap', async () => {
  await createNaps(new AbortController().signal).wait(0)
  expect(vi.getTimerCount()).toBe(0)
})
