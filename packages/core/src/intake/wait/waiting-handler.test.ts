import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { turn } from '../../../fixtures/turn.ts'
import { click, type WaiterContext, waiter, waitingBot } from '../../../fixtures/waiting-bot.ts'
import { createBot } from '../../bot/bot.ts'
import { sequentialize } from '../../middleware/sequentialize/sequentialize.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a handler that waits', () => {
  test('holds neither slot nor turn: of 1,000 waits with concurrency 1 and sequentialize() every one gets its answer', async () => {
    const bot = createBot({ concurrency: 1, logger: recordingLogger() })
      .use(sequentialize({ key: () => 'one' }))
      .use(waiter)
    const order: string[] = []
    let running = 0
    bot.use(async ctx => {
      running++
      expect(running).toBe(1)
      running--
      const answer = await ctx.click(ctx.text)
      running++
      // Whoever comes back has the slot and the turn to itself.
      await turn()
      expect(running).toBe(1)
      order.push(answer.callback?.outTrackId ?? '')
      running--
    })
    const ids = Array.from({ length: 1_000 }, (_, i) => `card-${i}`)
    const asked = ids.map(text => bot.handle(message({ text })))
    while (bot.stats().waiting > 0) await turn()
    expect(bot.stats()).toMatchObject({ running: 0 })
    const clicked = ids.toReversed().map(id => bot.handle(click(id)))
    await Promise.all(asked)
    await vi.advanceTimersByTimeAsync(1_500)
    await Promise.all(clicked)
    expect(order).toEqual(ids.toReversed())
    expect(bot.stats()).toMatchObject({ handled: 2_000, running: 0, overloads: 0 })
  })

  test('comes back before those of its lane that have not begun, and after the one that runs', async () => {
    const bot = createBot({ logger: recordingLogger() })
      .use(sequentialize({ key: () => 'one' }))
      .use(waiter)
    const log: string[] = []
    let end = (): void => {}
    bot.use(async ctx => {
      log.push(`${ctx.text} begins`)
      if (ctx.text === 'ask') await ctx.click('card')
      if (ctx.text === 'other') await new Promise<void>(resolve => (end = resolve))
      log.push(`${ctx.text} ends`)
    })
    const all = ['ask', 'other', 'last'].map(text => bot.handle(message({ text })))
    await turn()
    void bot.handle(click('card'))
    await turn()
    expect(log).toEqual(['ask begins', 'other begins'])
    end()
    await Promise.all(all)
    expect(log.slice(2)).toEqual(['other ends', 'ask ends', 'last begins', 'last ends'])
    await vi.advanceTimersByTimeAsync(1_500)
  })

  test('may wait for several things at once, and in waitUntil after its end', async () => {
    const { bot } = waitingBot({ concurrency: 1 })
    const answers: string[][] = []
    const both = async (ctx: WaiterContext): Promise<void> => {
      const clicks = await Promise.all([ctx.click('a'), ctx.click('b')])
      answers.push(clicks.map(({ callback }) => callback?.outTrackId ?? ''))
    }
    bot.use(ctx => (ctx.text === 'beside' ? ctx.waitUntil(both(ctx)) : both(ctx)))
    for (const text of ['inside', 'beside']) {
      const asked = bot.handle(message({ text }))
      await turn()
      expect(bot.stats().running).toBe(0)
      for (const id of ['b', 'a']) void bot.handle(click(id))
      await vi.advanceTimersByTimeAsync(1_500)
      await asked
    }
    expect(answers).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
    expect(bot.stats().running).toBe(0)
    await bot.stop()
  })

  test('is given up when a newer update takes its place (latest)', async () => {
    const bot = createBot({ logger: recordingLogger() })
      .use(sequentialize({ strategy: 'latest' }))
      .use(waiter)
    const log: string[] = []
    bot.use(async ctx => {
      log.push(ctx.text)
      if (ctx.text === 'ask') await ctx.click('card').catch(error => log.push(error.code))
    })
    const asked = bot.handle(message({ text: 'ask' }))
    await turn()
    await bot.handle(message({ text: 'newer' }))
    await asked
    expect(log).toEqual(['ask', 'newer', 'ERR_SUPERSEDED'])
  })
})
