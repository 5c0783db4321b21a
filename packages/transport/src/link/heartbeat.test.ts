import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startHeartbeat } from './heartbeat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Lets an interval pass, and the turn of the loop after it. */
async function beat(interval = 25_000): Promise<void> {
  await vi.advanceTimersByTimeAsync(interval)
  await vi.advanceTimersByTimeAsync(1)
}

test('a ping goes out every 25 seconds, the first after 25', async () => {
  const ping = vi.fn()
  const heartbeat = startHeartbeat(ping, vi.fn())
  await beat(24_999)
  expect(ping).not.toHaveBeenCalled()
  await beat(2)
  expect(ping).toHaveBeenCalledTimes(1)
  heartbeat.alive()
  await beat()
  expect(ping).toHaveBeenCalledTimes(2)
  heartbeat.stop()
})

test('two unanswered pings are the end, one is not', async () => {
  const [ping, onDead] = [vi.fn(), vi.fn()]
  startHeartbeat(ping, onDead)
  await beat()
  await beat()
  expect(onDead).not.toHaveBeenCalled()
  await beat()
  expect(ping).toHaveBeenCalledTimes(2)
  expect(onDead).toHaveBeenCalledTimes(1)
  await beat(100_000)
  expect(onDead).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('whatever comes in between counts as an answer', async () => {
  const [ping, onDead] = [vi.fn(), vi.fn()]
  const heartbeat = startHeartbeat(ping, onDead)
  for (let i = 0; i < 20; i++) {
    await beat()
    await beat()
    heartbeat.alive()
  }
  expect(ping).toHaveBeenCalledTimes(40)
  expect(onDead).not.toHaveBeenCalled()
  heartbeat.stop()
})

test('interval and misses can be set', async () => {
  const [ping, onDead] = [vi.fn(), vi.fn()]
  startHeartbeat(ping, onDead, { interval: 10, misses: 5 })
  for (let i = 0; i < 5; i++) await beat(10)
  expect(onDead).not.toHaveBeenCalled()
  await beat(10)
  expect(ping).toHaveBeenCalledTimes(5)
  expect(onDead).toHaveBeenCalledTimes(1)
})

test('an answer that is read in the turn of the check saves the peer', async () => {
  const onDead = vi.fn()
  const heartbeat = startHeartbeat(vi.fn(), onDead, { interval: 10, misses: 1 })
  await beat(10)
  // The timer fires first, as after a blocked loop; then the socket is read; then comes the check.
  vi.advanceTimersByTime(9)
  heartbeat.alive()
  await vi.advanceTimersByTimeAsync(1)
  expect(onDead).not.toHaveBeenCalled()
  heartbeat.stop()
})

test('after stop() nothing is pinged, even when a check was due', async () => {
  const ping = vi.fn()
  const heartbeat = startHeartbeat(ping, vi.fn(), { interval: 10 })
  vi.advanceTimersByTime(10)
  heartbeat.stop()
  await beat(100)
  expect(ping).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})
