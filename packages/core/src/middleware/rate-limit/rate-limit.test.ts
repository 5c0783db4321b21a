import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Bot, createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
import { memoryStore } from '../../store/memory-store.ts'
import { testBot } from '../../testing/index.ts'
import { type RateLimitOptions, rateLimit } from './rate-limit.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function setUp(options: RateLimitOptions<Context>): { readonly bot: Bot; readonly handled: string[] } {
  const handled: string[] = []
  const bot = createBot().use(rateLimit(options))
  bot.use(ctx => void handled.push(`${ctx.from?.nick} ${ctx.text}`))
  return { bot, handled }
}

test('handles `limit` updates of a sender within `window`, and those of others beside', async () => {
  const { bot, handled } = setUp({ limit: 2, window: 1_000 })
  const { user } = testBot(bot)
  for (const text of ['1', '2', '3']) await user('Alice').say(text)
  await user('Bob').say('1')
  expect(handled).toEqual(['Alice 1', 'Alice 2', 'Bob 1'])
  vi.advanceTimersByTime(999)
  await user('Alice').say('4')
  vi.advanceTimersByTime(1)
  await user('Alice').say('5')
  expect(handled.slice(3)).toEqual(['Alice 5'])
})

test('allows 20 updates a minute by default', async () => {
  const { bot, handled } = setUp({})
  const alice = testBot(bot).user('Alice')
  for (let i = 0; i < 25; i++) await alice.say('hi')
  expect(handled).toHaveLength(20)
})

test('hands the excess to onLimited, which may let it through', async () => {
  const { bot, handled } = setUp({
    limit: 1,
    onLimited: (ctx, next) => (ctx.text === 'urgent' ? next() : ctx.replyText('slowly')),
  })
  const alice = testBot(bot).user('Alice')
  await alice.say('1')
  expect((await alice.say('2')).replies.map(({ text }) => text)).toEqual(['slowly'])
  await alice.say('urgent')
  expect(handled).toEqual(['Alice 1', 'Alice urgent'])
})

test('counts by any key; an update without one is not limited', async () => {
  const { bot, handled } = setUp({ limit: 1, key: ctx => (ctx.text === 'free' ? undefined : ctx.chat?.id) })
  const { user } = testBot(bot)
  await user('Alice').in('Team').say('1')
  await user('Bob').in('Team').say('2')
  await user('Bob').in('Team').say('free')
  expect(handled).toEqual(['Alice 1', 'Bob free'])
})

test('keeps count of `maxKeys` senders, and forgets the oldest', async () => {
  const { bot, handled } = setUp({ limit: 1, maxKeys: 1 })
  const { user } = testBot(bot)
  await user('Alice').say('1')
  await user('Bob').say('1')
  await user('Alice').say('2')
  expect(handled).toEqual(['Alice 1', 'Bob 1', 'Alice 2'])
})

test('never lets more than `limit` pass within any `window`, also not around the end of one', async () => {
  const { bot, handled } = setUp({ limit: 2, window: 1_000 })
  const alice = testBot(bot).user('Alice')
  const at = async (ms: number): Promise<void> => {
    vi.advanceTimersByTime(ms)
    for (const text of ['1', '2']) await alice.say(text)
  }
  await alice.say('first')
  await at(999)
  expect(handled).toEqual(['Alice first', 'Alice 1'])
  await at(1)
  expect(handled.slice(2)).toEqual(['Alice 1'])
  await at(998)
  expect(handled.slice(3)).toEqual([])
  await at(1)
  expect(handled.slice(3)).toEqual(['Alice 1'])
})

describe.each([
  ['with a store', () => ({ store: memoryStore() })],
  ['without a store', () => ({})],
])('limits that are used in several places, %s,', (_, options) => {
  const play = async (...limits: RateLimitOptions<Context>[]): Promise<string[]> => {
    const handled: string[] = []
    const bot = createBot(options())
    for (const [index, limit] of limits.entries()) {
      bot.command(`c${index}`, rateLimit(limit), ctx => void handled.push(ctx.text))
    }
    const alice = testBot(bot).user('Alice')
    for (const index of limits.keys()) await alice.say(`/c${index}`)
    return handled
  }

  test('count together where they are the same', async () => {
    expect(await play({ limit: 1 }, { limit: 1 })).toEqual(['/c0'])
    expect(await play({ limit: 1, name: 'a' }, { limit: 1, name: 'a' })).toEqual(['/c0'])
  })

  test('count apart where `name`, `limit` or `window` differ', async () => {
    expect(await play({ limit: 1, name: 'a' }, { limit: 1, name: 'b' }, { limit: 1 })).toEqual(['/c0', '/c1', '/c2'])
    expect(await play({ limit: 1, name: 'a' }, { limit: 2, name: 'a' })).toEqual(['/c0', '/c1'])
    expect(await play({ limit: 1 }, { limit: 1, window: 1_000 })).toEqual(['/c0', '/c1'])
  })

  test('know no name that is taken for part of a key', async () => {
    const key = (text: string) => () => text
    expect(await play({ limit: 1, name: 'a:b', key: key('c') }, { limit: 1, name: 'a', key: key('b:c') })).toEqual([
      '/c0',
      '/c1',
    ])
  })

  test('are those of one bot', async () => {
    const limit = rateLimit({ limit: 1 })
    const handled: string[] = []
    for (const name of ['one', 'two']) {
      const bot = createBot(options())
      bot.use(limit).use(() => void handled.push(name))
      await testBot(bot).user('Alice').say('hi')
    }
    expect(handled).toEqual(['one', 'two'])
  })

  test.each([
    [{ limit: 0 }, 0],
    [{ limit: Number.POSITIVE_INFINITY }, 25],
    [{ limit: 2, window: 0 }, 25],
    [{ limit: 2, window: Number.POSITIVE_INFINITY }, 2],
  ])('handle of 25, with %j, %i', async (limit, count) => {
    const handled: string[] = []
    const bot = createBot(options())
    bot.use(rateLimit(limit)).use(ctx => void handled.push(ctx.text))
    const alice = testBot(bot).user('Alice')
    for (let i = 0; i < 25; i++) await alice.say('hi')
    expect(handled).toHaveLength(count)
  })
})
