import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { memoryStore } from './memory-store.ts'
import { createShared, type Shared } from './shared.ts'
import { take } from './take.ts'
import { createSharedWindow, createWindow, type SharedWindow } from './window.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a window in the memory of a process', () => {
  test('says how long it takes until there is room', () => {
    const window = createWindow({ limit: 2, windowMs: 1_000 })
    window.take('key')
    vi.advanceTimersByTime(300)
    window.take('key')
    vi.advanceTimersByTime(100)
    expect(window.take('key').wait).toBe(600)
    vi.advanceTimersByTime(600)
    expect(window.take('key').wait).toBe(0)
    expect(window.take('key').wait).toBe(300)
  })

  test('has the room again that is given back, and no more: what was refused has none to give', () => {
    const window = createWindow({ limit: 2, windowMs: 1_000 })
    window.take('key')
    vi.advanceTimersByTime(500)
    const second = window.take('key')
    window.take('key').giveBack()
    expect(window.take('key').wait).toBe(500)
    second.giveBack()
    vi.advanceTimersByTime(100)
    expect(window.take('key').wait).toBe(0)
    expect(window.take('key').wait).toBe(400)
  })

  test('forgets the key that nobody asked about the longest', () => {
    const window = createWindow({ limit: 1, windowMs: 1_000 }, 2)
    for (const key of ['a', 'b', 'a', 'c']) window.take(key)
    expect(window.take('a').wait).toBe(1_000)
    expect(window.take('b').wait).toBe(0)
  })
})

describe('a window that processes share', () => {
  const rate = { limit: 1, windowMs: 1_000 }
  const newProcess = (): SharedWindow => createSharedWindow('rate:', rate)
  const sharing = (store = memoryStore()): Shared => createShared(store, recordingLogger())

  test('does not count in the process what the store refuses', async () => {
    const shared = sharing()
    const [one, other] = [newProcess(), newProcess()]
    expect(await one.take('key', shared)).toBe(0)
    vi.advanceTimersByTime(900)
    expect(await other.take('key', shared)).toBe(100)
    vi.advanceTimersByTime(100)
    expect(await other.take('key', shared)).toBe(0)
  })

  test('does not ask the store about what is over the limit in the process alone', async () => {
    const store = memoryStore()
    const get = vi.fn(store.get)
    const shared = sharing({ ...store, get })
    const window = newProcess()
    for (let i = 0; i < 5; i++) await window.take('key', shared)
    expect(get).toHaveBeenCalledTimes(1)
  })

  test('counts what passed while the store was away once it is back', async () => {
    const store = memoryStore()
    let isAway = true
    const shared = sharing({ ...store, get: key => (isAway ? Promise.reject(new Error('away')) : store.get(key)) })
    const window = createSharedWindow('rate:', { limit: 1, windowMs: 10_000 })
    expect(await window.take('key', shared)).toBe(0)
    isAway = false
    vi.advanceTimersByTime(5_000)
    expect(await window.take('key', shared)).toBe(5_000)
  })
})

test('a clock that was set back by more than a window keeps nobody out', async () => {
  const store = memoryStore()
  const rate = { limit: 1, windowMs: 60_000 }
  const now = Date.now()
  await store.set('key', [now + 3_600_000])
  expect(await take(store, 'key', rate)).toBe(0)
  await store.set('key', [now + 30_000])
  expect(await take(store, 'key', rate)).toBe(60_000)
})
