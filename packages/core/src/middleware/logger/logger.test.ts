import { expect, test, vi } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { createBot } from '../../bot/bot.ts'
import { testBot } from '../../testing/index.ts'
import { logger, type UpdateLine } from './logger.ts'

test('writes one line for each update when it is done: kind, chat, milliseconds, outcome', async () => {
  vi.useFakeTimers()
  const lines: [string, UpdateLine][] = []
  const bot = createBot().use(logger({ log: (line, fields) => lines.push([line, fields]) }))
  bot.catch(() => {})
  bot.use(ctx => {
    vi.advanceTimersByTime(25)
    if (ctx.text === 'bad') throw new Error('boom')
  })
  const alice = testBot(bot).user('Alice').in('Team')
  await alice.say('good')
  await alice.say('bad')
  vi.useRealTimers()
  expect(lines).toEqual([
    ['chatbot Team 25 ms ok', { kind: 'chatbot', chat: 'Team', ms: 25, outcome: 'ok' }],
    ['chatbot Team 25 ms failed', { kind: 'chatbot', chat: 'Team', ms: 25, outcome: 'failed' }],
  ])
})

test('writes to the logger of the bot by default, as information', async () => {
  const own = recordingLogger()
  await createBot({ logger: own }).use(logger()).handle(message())
  expect(own.lines).toEqual([expect.stringMatching(/^chatbot cid-1 \d+ ms ok/)])
  expect(own.complaints).toEqual([])
})

test('passes on what a handler throws', async () => {
  const caught: unknown[] = []
  const bot = createBot().use(logger({ log: () => {} }))
  bot.catch(error => void caught.push(error.cause))
  const boom = new Error('boom')
  bot.use(() => Promise.reject(boom))
  await bot.handle(message())
  expect(caught).toEqual([boom])
})

test('ctx.log is the logger of the bot', async () => {
  const own = recordingLogger()
  const bot = createBot({ logger: own })
  bot.use(ctx => ctx.log.warn('careful', { a: 1 }))
  await bot.handle(message())
  expect(own.complaints).toEqual(['careful {"a":1}'])
})
