import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { setUp } from '../../../fixtures/sequence-bench.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('burst', () => {
  const options = { strategy: 'burst', wait: 500 } as const

  test('updates that come within `wait` of each other are handled as one, the earlier ones in ctx.skipped', async () => {
    const { say, begun, ctxOf } = setUp(options)
    await say('a')
    await vi.advanceTimersByTimeAsync(400)
    await say('b')
    await vi.advanceTimersByTimeAsync(400)
    await say('c')
    await vi.advanceTimersByTimeAsync(499)
    expect(begun).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(begun).toEqual(['c'])
    expect(ctxOf('c')?.skipped.map(ctx => ctx.text)).toEqual(['a', 'b'])
  })

  test('a single update has skipped none', async () => {
    const { say, ctxOf } = setUp(options)
    await say('a')
    await vi.advanceTimersByTimeAsync(500)
    expect(ctxOf('a')?.skipped).toEqual([])
  })

  test('what comes while a burst is handled makes the next one, which waits for it', async () => {
    const { say, end, begun, ctxOf } = setUp(options)
    await say('a')
    await vi.advanceTimersByTimeAsync(500)
    await say('b')
    await vi.advanceTimersByTimeAsync(500)
    await say('c')
    await vi.advanceTimersByTimeAsync(500)
    expect(begun).toEqual(['a'])
    await end('a')
    expect(begun).toEqual(['a', 'c'])
    expect(ctxOf('c')?.skipped.map(ctx => ctx.text)).toEqual(['b'])
  })

  test('a waiting burst holds no slot', async () => {
    const { say, begun } = setUp(
      { ...options, key: ctx => (ctx.text === 'other' ? undefined : 'k') },
      { concurrency: 1 },
    )
    await say('a')
    await say('other')
    expect(begun).toEqual(['other'])
  })

  test('a burst that waits when the bot has lost its patience does not run', async () => {
    const { bot, say, begun, caught } = setUp({ ...options, wait: 60_000 })
    await say('a')
    const stopped = bot.stop({ timeout: 100 })
    await vi.advanceTimersByTimeAsync(100)
    await stopped
    expect(begun).toEqual([])
    expect(caught).toEqual([])
    expect(bot.stats()).toMatchObject({ failed: 1, suspended: 0 })
  })
})
