import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWaits } from './waits.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('a wait ends when its time is up', async () => {
  const done = vi.fn()
  void createWaits(new AbortController().signal).wait(1_000).then(done)
  await vi.advanceTimersByTimeAsync(999)
  expect(done).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(done).toHaveBeenCalled()
})

test('a wait longer than any timer does not end at once', () => {
  const onWarning = vi.spyOn(process, 'emitWarning')
  vi.useRealTimers()
  const waits = createWaits(new AbortController().signal)
  void waits.wait(2 ** 40)
  waits.interrupt()
  expect(onWarning).not.toHaveBeenCalled()
})

test('interrupt() ends all waits of that moment, and no later one', async () => {
  const waits = createWaits(new AbortController().signal)
  const both = Promise.all([waits.wait(60_000), waits.wait(70_000)])
  waits.interrupt()
  await both
  expect(vi.getTimerCount()).toBe(0)
  void waits.wait(60_000)
  expect(vi.getTimerCount()).toBe(1)
})

test('an abort ends all waits, and later ones do not begin', async () => {
  const controller = new AbortController()
  const waits = createWaits(controller.signal)
  const waiting = waits.wait(60_000)
  controller.abort()
  await waiting
  await waits.wait(60_000)
  expect(vi.getTimerCount()).toBe(0)
})

test('no time is no wait', async () => {
  await createWaits(new AbortController().signal).wait(0)
  expect(vi.getTimerCount()).toBe(0)
})
