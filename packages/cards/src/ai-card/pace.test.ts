import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPace } from './pace.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('the first frame of a card waits for the air after its delivery', () => {
  const pace = createPace(800)
  expect(pace.left()).toBeLessThanOrEqual(0)
  pace.delivered(500)
  expect(pace.left()).toBe(500)
  vi.advanceTimersByTime(500)
  expect(pace.left()).toBe(0)
})

test('a frame waits for the interval after the one before', () => {
  const pace = createPace(800)
  pace.answered('sent')
  expect(pace.left()).toBe(800)
})

test('a frame that was refused for coming too fast makes the next wait longer, and never shorter than the interval', () => {
  const pace = createPace(800)
  pace.answered('throttled')
  expect(pace.left()).toBe(2_000)
  const slow = createPace(4_000)
  slow.answered('throttled')
  expect(slow.left()).toBe(4_000)
})

test('a frame that opens the stream counts as one, and shortens no wait', () => {
  const pace = createPace(300)
  pace.delivered(500)
  pace.opened()
  expect(pace.left()).toBe(500)
  vi.advanceTimersByTime(400)
  pace.opened()
  expect(pace.left()).toBe(300)
})
