import { expect, test } from 'vitest'
import { event, message } from '../../fixtures/messages.ts'
import { type RecordingLogger, recordingLogger } from '../../fixtures/recording-logger.ts'
import { turn } from '../../fixtures/turn.ts'
import type { Update } from '../updates/update.ts'
import { type Bot, createBot } from './bot.ts'
import type { BotOptions } from './options.ts'

interface Bench {
  readonly bot: Bot
  readonly logger: RecordingLogger
  readonly begun: string[]
  /** Ends the oldest handler that runs. */
  readonly endOne: () => Promise<void>
  readonly say: (text: string) => ReturnType<Bot['handle']>
}

function setUp(options: BotOptions): Bench {
  const begun: string[] = []
  const ends: (() => void)[] = []
  const logger = recordingLogger()
  const bot = createBot({ logger, ...options })
  bot.use(ctx => {
    begun.push(ctx.text)
    return new Promise<void>(resolve => ends.push(resolve))
  })
  return {
    bot,
    logger,
    begun,
    async endOne() {
      ends.shift()?.()
      await turn()
    },
    say: text => bot.handle(message({ text })),
  }
}

test('at most `concurrency` handlers run at once, and those that wait run in order of arrival', async () => {
  const { bot, begun, say, endOne } = setUp({ concurrency: 2 })
  for (const text of ['a', 'b', 'c', 'd']) void say(text)
  await turn()
  expect(begun).toEqual(['a', 'b'])
  expect(bot.stats().running).toBe(2)
  expect(bot.stats().waiting).toBe(2)
  await endOne()
  expect(begun).toEqual(['a', 'b', 'c'])
  for (let i = 0; i < 3; i++) await endOne()
  expect(begun.at(-1)).toBe('d')
  expect(bot.stats().running).toBe(0)
  expect(bot.stats().waiting).toBe(0)
})

test('100 handlers run at once by default', async () => {
  const { bot, say } = setUp({})
  for (let i = 0; i < 101; i++) void say('x')
  await turn()
  expect(bot.stats()).toMatchObject({ running: 100, waiting: 1 })
})

test('when too much waits a message is refused and handed to onOverload, an event is answered LATER', async () => {
  const refused: Update[] = []
  const { bot, say } = setUp({ concurrency: 1, maxWaiting: 1, onOverload: update => refused.push(update) })
  void say('a')
  void say('b')
  expect(await say('c')).toMatchObject({ code: 503 })
  expect(await bot.handle(event())).toMatchObject({ code: 200, data: { status: 'LATER' } })
  expect(refused.map(({ kind }) => kind)).toEqual(['chatbot', 'event'])
  expect(bot.stats()).toMatchObject({ overloads: 2, later: 1 })
})

test('an update that is refused is logged with the reason, the consequence and the remedy', async () => {
  const { bot, say, logger } = setUp({ concurrency: 1, maxWaiting: 1 })
  for (const text of ['a', 'b', 'c']) void say(text)
  void bot.handle(event())
  await turn()
  const [ofMessage, ofEvent] = logger.complaints
  expect(ofMessage).toContain('1 of 1 handlers run, and 1 updates wait for a slot. It will not come again. Look for')
  expect(ofMessage).toMatch(/"kind":"chatbot","deliveryId"/)
  expect(ofEvent).toContain('DingTalk will push it again')
})

test('a message that was refused is a first delivery when it comes again', async () => {
  const { bot, begun, say, endOne } = setUp({ concurrency: 1, maxWaiting: 0 })
  void say('a')
  await bot.handle(message({ text: 'b', msgId: 'same' }))
  await endOne()
  void bot.handle(message({ text: 'b', msgId: 'same' }))
  await turn()
  expect(begun).toEqual(['a', 'b'])
})

test('waitUntil holds no slot', async () => {
  const bot = createBot({ concurrency: 1 })
  let finish = (): void => {}
  const seen: string[] = []
  bot.use(ctx => {
    seen.push(ctx.text)
    ctx.waitUntil(
      new Promise<void>(resolve => {
        finish = resolve
      }),
    )
  })
  await bot.handle(message({ text: 'a' }))
  await bot.handle(message({ text: 'b' }))
  expect(seen).toEqual(['a', 'b'])
  finish()
})

test('bot.stats() tells what came, what was handled, what failed and what came twice', async () => {
  const bot = createBot({ logger: recordingLogger() })
  bot.use(ctx => {
    if (ctx.text === 'bad') throw new Error('boom')
  })
  await bot.handle(message({ msgId: 'm1' }))
  await bot.handle(message({ msgId: 'm1' }))
  await bot.handle(message({ text: 'bad' }))
  await bot.handle(event())
  expect(bot.stats()).toEqual({
    ...{ received: 4, handled: 2, failed: 1, duplicates: 1, overloads: 0, later: 0 },
    ...{ running: 0, concurrency: 100, waiting: 0, suspended: 0 },
    state: 'idle',
    connection: expect.objectContaining({ state: 'idle', connections: 0 }),
  })
})
