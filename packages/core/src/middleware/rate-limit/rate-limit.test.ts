import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Bot, createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
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
