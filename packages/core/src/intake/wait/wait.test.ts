import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { turn } from '../../../fixtures/turn.ts'
import { click, waitingBot } from '../../../fixtures/waiting-bot.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a wait', () => {
  test('takes the update that answers it, which no handler sees, and is counted', async () => {
    const { bot } = waitingBot()
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
    const { bot } = waitingBot()
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
    const { bot } = waitingBot()
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
    const { bot } = waitingBot()
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
    const { bot, errors } = waitingBot()
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
    const { bot } = waitingBot({ logger })
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
    const { bot, errors } = waitingBot()
    bot.use(ctx => ctx.answer())
    void bot.handle(message())
    await vi.advanceTimersByTimeAsync(599_999)
    expect(errors).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(errors).toEqual([expect.objectContaining({ code: 'ERR_WAIT_TIMEOUT' })])
  })

  test('is open before its question is asked, and closed when that fails', async () => {
    const { bot, errors } = waitingBot()
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
    const { bot, errors } = waitingBot()
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
    const { bot, errors } = waitingBot({ logger })
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
    expect(errors).toEqual([])
    expect(logger.complaints).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('refuses waits that are asked for while it waits for handlers', async () => {
    const { bot } = waitingBot()
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
    const { bot } = waitingBot()
    bot.use(ctx => ctx.click('card').then(() => {}))
    void bot.handle(message())
    await turn()
    const clicked = bot.handle(click('card'))
    await turn()
    await bot.stop()
    expect(await clicked).toMatchObject({ data: { response: {} } })
  })
})
