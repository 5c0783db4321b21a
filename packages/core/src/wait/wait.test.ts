import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { message } from '../../fixtures/messages.ts'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { turn } from '../../fixtures/turn.ts'
import { type Bot, createBot } from '../bot/bot.ts'
import type { BotOptions } from '../bot/options.ts'
import type { Context } from '../context/context.ts'
import { definePlugin } from '../plugin/plugin.ts'
import { sequentialize } from '../sequentialize/sequentialize.ts'
import { createUpdate, TOPICS, type Update } from '../update/update.ts'
import { cardKey, senderKeyOf } from './keys.ts'
import type { WaitRequest } from './request.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

interface Waiter {
  /** Waits for the next click of a card. */
  click(outTrackId: string, options?: Partial<WaitRequest<Context>>): Promise<Context>
  /** Waits for the next message of the same person. */
  answer(options?: Partial<WaitRequest<Context>>): Promise<Context>
}

const waiter = definePlugin<Waiter>({
  name: 'waiter',
  install(host) {
    const any = { accepts: () => true, take: (ctx: Context) => ctx }
    host.decorate({
      click(outTrackId, options) {
        return host.wait(this, { keys: [cardKey(outTrackId)], ...any, ...options })
      },
      answer(options) {
        return host.wait(this, { keys: [senderKeyOf(this) ?? ''], ...any, ...options })
      },
    })
  },
})

type Ctx = Context & Waiter

function setUp(options: BotOptions = {}): { bot: Bot<Ctx>; errors: unknown[] } {
  const bot = createBot({ logger: recordingLogger(), ...options }).use(waiter)
  const errors: unknown[] = []
  bot.catch(error => void errors.push(error.cause))
  return { bot, errors }
}

let deliveries = 0
function click(outTrackId: string): Update {
  const headers = { topic: TOPICS.card, messageId: `click-${++deliveries}` }
  return createUpdate(TOPICS.card, { outTrackId, userId: 'alice' }, headers)
}

describe('a wait', () => {
  test('takes the update that answers it, which no handler sees, and is counted', async () => {
    const { bot } = setUp()
    const seen: string[] = []
    bot.use(async ctx => {
      seen.push(ctx.text)
      if (ctx.text === 'ask') seen.push(`answer: ${(await ctx.answer()).text}`)
    })
    const asked = bot.handle(message({ text: 'ask' }))
    await turn()
    expect(await bot.handle(message({ text: 'yes' }))).toMatchObject({ code: 200 })
    await asked
    expect(seen).toEqual(['ask', 'answer: yes'])
    expect(bot.stats()).toMatchObject({ received: 2, handled: 2, running: 0 })
  })

  test('gives each of several messages that come at once to a wait of its own, the newest wait first', async () => {
    const { bot } = setUp()
    const seen: string[] = []
    bot.on('chatbot', async ctx => {
      if (ctx.text.startsWith('ask')) seen.push(`${ctx.text}: ${(await ctx.answer()).text}`)
      else seen.push(ctx.text)
    })
    for (const text of ['ask 1', 'ask 2']) void bot.handle(message({ text }))
    await turn()
    for (const text of ['a', 'b', 'c']) void bot.handle(message({ text }))
    await turn()
    expect(seen.toSorted()).toEqual(['ask 1: b', 'ask 2: a', 'c'])
  })

  test('of an open card answers the click: with what its handler responds, and with {} after 1.5 s', async () => {
    const { bot } = setUp()
    bot.use(async ctx => {
      const first = await ctx.click('card')
      first.respond({ cardData: {} })
      await ctx.click('card')
      await new Promise(() => {})
    })
    void bot.handle(message())
    await turn()
    expect(await bot.handle(click('card'))).toMatchObject({ data: { response: { cardData: {} } } })
    const second = bot.handle(click('card'))
    const answered = vi.fn()
    void second.then(answered)
    await vi.advanceTimersByTimeAsync(1_499)
    expect(answered).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(answered).toHaveBeenCalledWith(expect.objectContaining({ data: { response: {} } }))
  })

  test('goes on when what it got is no answer, and that update is dealt with', async () => {
    const { bot } = setUp()
    const answers: string[] = []
    bot.use(async ctx => {
      const answer = await ctx.answer({ take: one => (one.text === 'yes' ? one : undefined) })
      answers.push(answer.text)
    })
    const asked = bot.handle(message())
    await turn()
    await bot.handle(message({ text: 'perhaps' }))
    expect(answers).toEqual([])
    await bot.handle(message({ text: 'yes' }))
    await asked
    expect(answers).toEqual(['yes'])
  })

  test('whose answer cannot be made has its update fail, and goes on', async () => {
    const { bot, errors } = setUp()
    bot.use(async ctx => {
      let isFirst = true
      await ctx.answer({
        take(one) {
          if (!isFirst) return one
          isFirst = false
          throw new Error('boom')
        },
      })
    })
    const asked = bot.handle(message())
    await turn()
    await bot.handle(message({ text: 'a' }))
    expect(errors).toEqual([expect.objectContaining({ message: 'boom' })])
    await bot.handle(message({ text: 'b' }))
    await asked
    expect(bot.stats()).toMatchObject({ handled: 2, failed: 1 })
  })

  test('whose predicate throws takes nothing', async () => {
    const logger = recordingLogger()
    const { bot } = setUp({ logger })
    const seen: string[] = []
    bot.use(async ctx => {
      seen.push(ctx.text)
      const accepts = (): boolean => {
        throw new Error('boom')
      }
      if (ctx.text === 'ask') await ctx.answer({ accepts })
    })
    void bot.handle(message({ text: 'ask' }))
    await turn()
    await bot.handle(message({ text: 'next' }))
    expect(seen).toEqual(['ask', 'next'])
    expect(logger.complaints.join()).toContain('boom')
  })

  test('is given up after its time, 10 minutes by default', async () => {
    const { bot, errors } = setUp()
    bot.use(ctx => ctx.answer())
    void bot.handle(message())
    await vi.advanceTimersByTimeAsync(599_999)
    expect(errors).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(errors).toEqual([expect.objectContaining({ code: 'ERR_WAIT_TIMEOUT' })])
  })

  test('is open before its question is asked, and closed when that fails', async () => {
    const { bot, errors } = setUp()
    const answers: string[] = []
    bot.use(async ctx => {
      const early = await ctx.answer({ ask: () => bot.handle(message({ text: 'early' })) })
      answers.push(early.text)
      await ctx.answer({ ask: () => Promise.reject(new Error('not delivered')) })
    })
    await bot.handle(message())
    expect(answers).toEqual(['early'])
    expect(errors).toEqual([expect.objectContaining({ message: 'not delivered' })])
  })

  test('ends when its signal aborts', async () => {
    const { bot, errors } = setUp()
    const controller = new AbortController()
    bot.use(ctx => ctx.answer({ signal: controller.signal }))
    const asked = bot.handle(message())
    await turn()
    controller.abort(new Error('never mind'))
    await asked
    expect(errors).toEqual([expect.objectContaining({ message: 'never mind' })])
  })
})

describe('stop()', () => {
  test('ends waits at once, without an error that anybody has to look at', async () => {
    const logger = recordingLogger()
    const { bot, errors } = setUp({ logger })
    let reason: unknown
    bot.use(ctx =>
      ctx.answer().catch(error => {
        reason = error
        throw error
      }),
    )
    const asked = bot.handle(message())
    await turn()
    await bot.stop({ timeout: 60_000 })
    await asked
    expect(reason).toMatchObject({ code: 'ERR_STOPPED' })
    expect([errors, logger.complaints, vi.getTimerCount()]).toEqual([[], [], 0])
  })

  test('refuses waits that are asked for while it waits for handlers', async () => {
    const { bot } = setUp()
    const reasons: unknown[] = []
    bot.use(async ctx => {
      await ctx.answer().catch(error => reasons.push(error.code))
      await ctx.answer().catch(error => reasons.push(error.code))
    })
    void bot.handle(message())
    await turn()
    await bot.stop()
    expect(reasons).toEqual(['ERR_STOPPED', 'ERR_STOPPED'])
  })

  test('answers the click that its taker left unanswered', async () => {
    const { bot } = setUp()
    bot.use(ctx => ctx.click('card').then(() => {}))
    void bot.handle(message())
    await turn()
    const clicked = bot.handle(click('card'))
    await turn()
    await bot.stop()
    expect(await clicked).toMatchObject({ data: { response: {} } })
  })
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
    const { bot } = setUp({ concurrency: 1 })
    const answers: string[][] = []
    const both = async (ctx: Ctx): Promise<void> => {
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
