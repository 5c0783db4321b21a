import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { event, message } from '../../fixtures/messages.ts'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import type { BotError } from '../index.ts'
import { createBot } from './bot.ts'

const FRAME = /at guilty .*where-thrown\.test\.ts:\d+/

/** A bug, as users write them. */
function guilty(): string {
  const user: { readonly name: { readonly first: string } } = JSON.parse('{}')
  return user.name.first
}

test('what a handler threw is logged with the place, below one readable line', async () => {
  const logger = recordingLogger()
  const bot = createBot({ logger })
  bot.use(() => guilty())
  const update = message()
  await bot.handle(update)
  expect(logger.complaints).toHaveLength(1)
  const [line, fields] = (logger.complaints[0] ?? '').split(' {"')
  expect(line).toMatch(/^A handler threw .* TypeError: Cannot read properties of undefined \(reading 'first'\)$/)
  expect(JSON.parse(`{"${fields}`)).toMatchObject({
    kind: 'chatbot',
    deliveryId: update.deliveryId,
    stack: expect.stringMatching(FRAME),
  })
})

test('the error that bot.catch gets prints the place', async () => {
  const caught: BotError[] = []
  const bot = createBot().catch(error => void caught.push(error))
  bot.use(() => guilty())
  await bot.handle(message())
  expect(caught[0]?.stack).toMatch(/^BotError: A handler threw while handling a chatbot update/)
  expect(caught[0]?.stack).toMatch(FRAME)
  expect(inspect(caught[0])).toMatch(FRAME)
})

test('an event that will be handled again is logged with the place', async () => {
  const logger = recordingLogger()
  const bot = createBot({ logger })
  bot.use(() => guilty())
  await bot.handle(event('e1'))
  expect(logger.complaints).toEqual([expect.stringContaining('It will be handled again.')])
  expect(logger.complaints[0]).toMatch(FRAME)
})

test('when bot.catch throws, both places are logged', async () => {
  const logger = recordingLogger()
  const bot = createBot({ logger }).catch(function clumsy() {
    throw new Error('no disk')
  })
  bot.use(() => guilty())
  await bot.handle(message())
  expect(logger.complaints).toEqual([expect.stringContaining('bot.catch threw')])
  expect(logger.complaints[0]).toMatch(FRAME)
  expect(logger.complaints[0]).toMatch(/at clumsy .*where-thrown\.test\.ts/)
})
