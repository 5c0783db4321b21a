import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../fixtures/gate.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
import { testBot } from '../../testing/index.ts'
import { createUpdate, TOPICS } from '../../updates/update.ts'
import type { ApiCall } from '../api-call.ts'

const PATH = '/v1.0/card/instances'
const title = (text: string) => ({ cardParamMap: { title: text } })
const done = { outTrackId: 'card', cardData: title('done') }
const EMPTY = { code: 200, message: 'OK', data: { response: {} } }

/** Changes a card by the API, as the cards plugin and people's own code do. */
const change = ({ api }: Pick<Context, 'api'>, body: unknown): Promise<unknown> =>
  api.call({ method: 'PUT', path: PATH, body })

/** A bot whose handler of clicks does that, the hands that click, and what went to the platform. */
function setUp(onClick: (ctx: Context) => unknown = () => {}) {
  const bot: Bot = createBot().on('card', onClick)
  const kit = testBot(bot)
  return { bot, calls: kit.calls, alice: kit.user('Alice'), bob: kit.user('Bob') }
}

const bodies = (calls: readonly ApiCall[]): unknown[] => calls.map(({ body }) => body)

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('an update of the card that is clicked just now', () => {
  test('is the answer to the click, and nothing else, where one person sees the card', async () => {
    const { alice } = setUp(async ctx => expect(await change(ctx, done)).toEqual({ success: true, result: true }))
    const { answer, calls } = await alice.click('card', 'go')
    expect(answer).toEqual({ ...EMPTY, data: { response: { cardData: title('done') } } })
    expect(calls).toEqual([])
  })

  test('has its options in the answer', async () => {
    const cardUpdateOptions = { updateCardDataByKey: true }
    const { alice } = setUp(ctx => change(ctx, { ...done, cardUpdateOptions }))
    const { answer } = await alice.click('card', 'go')
    expect(answer.data).toEqual({ response: { cardData: title('done'), cardUpdateOptions } })
  })

  test('goes to all in a group besides, 50 ms behind the answer', async () => {
    const { alice, calls } = setUp(ctx => change(ctx, done))
    const clicked = alice.in('Team').click('card', 'go')
    await vi.advanceTimersByTimeAsync(49)
    expect(calls).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    const { answer } = await clicked
    expect(answer.data).toEqual({ response: { cardData: title('done') } })
    expect(bodies(calls)).toEqual([expect.objectContaining(done)])
  })

  test('for the one who clicked alone is but the answer, in a group too', async () => {
    const privateData = { 'user-Alice': title('yours') }
    const { alice } = setUp(ctx => change(ctx, { outTrackId: 'card', privateData }))
    const { answer, calls } = await alice.in('Team').click('card', 'go')
    expect(answer.data).toEqual({ response: { userPrivateData: title('yours') } })
    expect(calls).toEqual([])
  })

  test('for somebody else is none: the click is answered {}, and the update follows', async () => {
    const update = { outTrackId: 'card', privateData: { 'user-Alice': title('a'), 'user-Bob': title('b') } }
    const { alice, calls } = setUp(ctx => change(ctx, update))
    const clicked = alice.click('card', 'go')
    await vi.advanceTimersByTimeAsync(49)
    expect(calls).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect((await clicked).answer).toEqual(EMPTY)
    expect(bodies(calls)).toEqual([expect.objectContaining(update)])
  })

  test('that comes from elsewhere than the handler is the answer as well', async () => {
    const gate = createGate()
    const { bot, alice, calls } = setUp(gate.wait)
    const clicked = alice.click('card', 'go')
    await vi.advanceTimersByTimeAsync(0)
    await change(bot, done)
    gate.open()
    expect((await clicked).answer.data).toEqual({ response: { cardData: title('done') } })
    expect(calls).toEqual([])
  })

  test('of several clicks answers one, the others {}, and goes to all', async () => {
    const gate = createGate()
    const { bot, alice, bob, calls } = setUp(gate.wait)
    const first = alice.in('Team').click('card', 'go')
    const second = bob.in('Team').click('card', 'go')
    await vi.advanceTimersByTimeAsync(0)
    const changed = change(bot, done)
    await vi.advanceTimersByTimeAsync(50)
    await changed
    gate.open()
    expect((await first).answer.data).toEqual({ response: { cardData: title('done') } })
    expect((await second).answer).toEqual(EMPTY)
    expect(bodies(calls)).toEqual([expect.objectContaining(done)])
  })

  test('finds the click of the one whom it is for among several', async () => {
    const gate = createGate()
    const { bot, alice, bob, calls } = setUp(gate.wait)
    const first = alice.in('Team').click('card', 'go')
    const second = bob.in('Team').click('card', 'go')
    await vi.advanceTimersByTimeAsync(0)
    await change(bot, { outTrackId: 'card', privateData: { 'user-Bob': title('yours') } })
    gate.open()
    expect((await first).answer).toEqual(EMPTY)
    expect((await second).answer.data).toEqual({ response: { userPrivateData: title('yours') } })
    expect(calls).toEqual([])
  })
})

describe('an update of a card whose click has been answered', () => {
  test('comes 50 ms behind the answer', async () => {
    const { alice, calls } = setUp(async ctx => {
      ctx.respond({ anything: true })
      await change(ctx, done)
    })
    const clicked = alice.click('card', 'go')
    await vi.advanceTimersByTimeAsync(49)
    expect(calls).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect((await clicked).answer.data).toEqual({ response: { anything: true } })
    expect(calls).toHaveLength(1)
  })

  test('waits for the latest of several answers', async () => {
    const { bot, alice, bob, calls } = setUp()
    await alice.click('card', 'go')
    await vi.advanceTimersByTimeAsync(30)
    await bob.click('card', 'go')
    const changed = change(bot, done)
    await vi.advanceTimersByTimeAsync(49)
    expect(calls).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await changed
    expect(calls).toHaveLength(1)
  })

  test('goes at once where that is longer ago', async () => {
    const { bot, alice, calls } = setUp()
    await alice.click('card', 'go')
    await vi.advanceTimersByTimeAsync(50)
    await change(bot, done)
    expect(calls).toHaveLength(1)
  })
})

describe('goes at once, and leaves the click alone:', () => {
  test.each<[string, Partial<ApiCall>]>([
    ['an update of another card', { body: { ...done, outTrackId: 'other' } }],
    ['a call of another path', { path: '/v1.0/card/streaming', body: { outTrackId: 'card', key: 'title' } }],
    ['a call of another method', { method: 'POST', body: { outTrackId: 'card', cardTemplateId: 't' } }],
    ['a body without a card', { body: { cardData: title('done') } }],
    ['no body', {}],
  ])('%s', async (_, call) => {
    const { alice, calls } = setUp(ctx => ctx.api.call({ method: 'PUT', path: PATH, ...call }))
    const { answer } = await alice.click('card', 'go')
    expect(answer).toEqual(EMPTY)
    expect(calls).toHaveLength(1)
  })

  test('an update that names no card, while a card of the AI assistant is clicked', async () => {
    const { bot, calls } = setUp(ctx => change(ctx, { outTrackId: '', cardData: title('done') }))
    const raw = { conversationToken: 'secret', content: '{}', spaceType: 'IM_ROBOT' }
    expect(await bot.handle(createUpdate(TOPICS.card, raw))).toEqual(EMPTY)
    expect(calls).toHaveLength(1)
  })

  test('an update during anything that is no click, though it names the card', async () => {
    const { bot, calls } = setUp()
    bot.on('event', ctx => change(ctx, done))
    await bot.handle(createUpdate(TOPICS.event, { outTrackId: 'card' }))
    expect(calls).toHaveLength(1)
  })
})
