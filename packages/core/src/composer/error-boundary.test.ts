import { describe, expect, test } from 'vitest'
import { notingBot } from '../../fixtures/noting-bot.ts'
import { turn } from '../../fixtures/turn.ts'
import { BotError } from '../context/bot-error.ts'
import { testBot } from '../testing/index.ts'

describe('errorBoundary()', () => {
  const failing = (): never => {
    throw new Error('boom')
  }

  test('handles what is behind it, and next() goes on after it', async () => {
    const { bot, log, note } = notingBot()
    bot.errorBoundary((error, next) => {
      log.push(`${error instanceof BotError} ${error.message}`)
      return next()
    }, failing)
    bot.use(note('after'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual([expect.stringMatching(/^true .*boom/), 'after'])
  })

  test('without next() the chain ends', async () => {
    const { bot, log, note } = notingBot()
    bot.errorBoundary(() => {}, failing)
    bot.use(note('never'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual([])
  })

  test('also where the handlers had gone on before they threw', async () => {
    const { bot, log, note } = notingBot()
    bot.errorBoundary(
      () => {},
      (_ctx, next) => {
        void next()
        failing()
      },
    )
    bot.use(note('never'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual([])
  })

  test('without an error goes on as its handlers do', async () => {
    const { bot, log, note } = notingBot()
    bot.errorBoundary(() => {}, note('inside')).use(note('added'))
    bot.errorBoundary(
      () => {},
      ctx => void (ctx.text === 'stop' ? log.push('stopped') : log.push('no next')),
    )
    bot.use(note('never'))
    await testBot(bot).user('Alice').say('stop')
    expect(log).toEqual(['inside', 'added', 'stopped'])
  })

  test('waits for its handler', async () => {
    const { bot, log, note } = notingBot()
    bot.errorBoundary(async (error, next) => {
      await turn()
      log.push(error.ctx.text)
      await next()
    }, failing)
    bot.use(note('after'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual(['hi', 'after'])
  })

  test('leaves alone what comes after it', async () => {
    const { bot, log } = notingBot()
    bot.errorBoundary(
      () => void log.push('boundary'),
      (_ctx, next) => next(),
    )
    bot.use(failing)
    await expect(testBot(bot).user('Alice').say('hi')).rejects.toThrow('boom')
    expect(log).toEqual([])
  })

  test('what the boundary itself throws goes further up', async () => {
    const { bot } = notingBot()
    bot.errorBoundary(() => {
      throw new Error('second')
    }, failing)
    await expect(testBot(bot).user('Alice').say('hi')).rejects.toThrow('second')
  })
})
