import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createGate } from '../../fixtures/gate.ts'
import { message } from '../../fixtures/messages.ts'
import { type RecordingLogger, recordingLogger } from '../../fixtures/recording-logger.ts'
import { conversations } from '../middleware/conversation/conversations.ts'
import { sequentialize } from '../middleware/sequentialize/sequentialize.ts'
import { type Bot, createBot } from './bot.ts'
import type { BotOptions } from './options.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function setUp(options: BotOptions = {}): { readonly bot: Bot; readonly logger: RecordingLogger } {
  const logger = recordingLogger()
  return { logger, bot: createBot({ logger, concurrency: 3, ...options }) }
}

const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1_000)
const never = (): Promise<never> => new Promise(() => {})

test('a handler that has run for a minute is warned of, once, with what it holds up and what to do', async () => {
  const { bot, logger } = setUp()
  bot.use(never)
  const update = message()
  void bot.handle(update)
  await pass(30)
  void bot.handle(message({ text: 'another' }))
  await pass(29.9)
  expect(logger.complaints).toEqual([])
  await pass(0.2)
  expect(logger.complaints).toHaveLength(1)
  const [line] = logger.complaints
  expect(line).toContain('has run for 60 s')
  expect(line).toContain('2 of 3 handlers run')
  expect(line).toContain('`slowAfter`')
  expect(line).toContain(`{"kind":"chatbot","deliveryId":"${update.deliveryId}","running":2,"concurrency":3}`)
  await pass(30)
  expect(logger.complaints).toHaveLength(2)
  await pass(3_600)
  expect(logger.complaints).toHaveLength(2)
})

test('handlers that end in time are not, however many follow each other, and no timer is left for them', async () => {
  const { bot, logger } = setUp()
  bot.use(() => new Promise(resolve => setTimeout(resolve, 50_000)))
  for (let i = 0; i < 5; i++) {
    void bot.handle(message())
    await pass(45)
  }
  await pass(120)
  expect(logger.complaints).toEqual([])
  expect(bot.stats().handled).toBe(5)
  const before = vi.getTimerCount()
  await bot.stop()
  expect(vi.getTimerCount()).toBeLessThanOrEqual(before)
})

test('a handler that waits for a person is not, but the time afterwards counts', async () => {
  const { bot, logger } = setUp()
  bot.use(conversations()).command('ask', async ctx => {
    await ctx.waitFor('chatbot:text', { timeout: 3_600_000 })
    await never()
  })
  void bot.handle(message({ text: '/ask' }))
  await pass(600)
  expect(logger.complaints).toEqual([])
  void bot.handle(message({ text: 'here' }))
  await pass(61)
  expect(logger.complaints).toEqual([expect.stringContaining('has run for 60 s')])
})

test('of those that wait for their turn only the one that they wait for is', async () => {
  const { bot, logger } = setUp()
  const gate = createGate()
  bot.use(sequentialize({ key: () => 'one' })).use(gate.wait)
  for (const text of ['a', 'b', 'c']) void bot.handle(message({ text }))
  await pass(600)
  expect(logger.complaints).toHaveLength(1)
  expect(bot.stats()).toMatchObject({ running: 1, waiting: 0, suspended: 2 })
  gate.open()
})

test.each([0, false] as const)('with `slowAfter: %s` nothing is said', async slowAfter => {
  const { bot, logger } = setUp({ slowAfter })
  bot.use(never)
  void bot.handle(message())
  await pass(3_600)
  expect(logger.complaints).toEqual([])
})

test('`slowAfter` says when', async () => {
  const { bot, logger } = setUp({ slowAfter: 1_500 })
  bot.use(never)
  void bot.handle(message())
  await pass(1.6)
  expect(logger.complaints).toEqual([expect.stringContaining('has run for 1.5 s')])
})
