import { describe, expect, test } from 'vitest'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { createBot } from '../../bot/bot.ts'
import type { BotOptions } from '../../bot/options.ts'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import { keepCardEntry } from '../../updates/callback/card-entry.ts'
import type { ApiCall } from '../api-call.ts'
import { storeOf } from '../store-of.ts'
import { STUB } from '../stub.ts'

const INSTANCES = '/v1.0/card/instances'
const BOTH = `${INSTANCES}/createAndDeliver`

/** A bot without a network; what it sends is kept. */
function botWith(options: BotOptions = {}, answer: (call: ApiCall) => Promise<unknown> = async () => ({})) {
  const sent: ApiCall[] = []
  const bot = createBot({ clientId: 'app', logger: recordingLogger(), ...options })
  bot[STUB](call => {
    sent.push(call)
    return answer(call)
  })
  const create = (cardParamMap: object, more: object = {}) =>
    bot.api.call({ method: 'POST', path: BOTH, body: { outTrackId: 'card', cardData: { cardParamMap }, ...more } })
  const update = (body: object, more: object = {}) =>
    bot.api.call({ method: 'PUT', path: INSTANCES, body: { outTrackId: 'card', ...body }, ...more })
  const params = (cardParamMap: object) => ({
    cardData: { cardParamMap },
    cardUpdateOptions: { updateCardDataByKey: true },
  })
  return { bot, sent, create, update, params, bodies: () => sent.map(({ body }) => Object(body)) }
}

describe('every update of a card', () => {
  test('carries the status that the card has by then, whoever makes it', async () => {
    const { create, update, params, bodies } = botWith()
    await create({ flowStatus: '1' })
    await update(params({ msgTitle: '甲' }))
    await update(params({ flowStatus: '2' }))
    await update(params({ msgTitle: '乙' }))
    await update(params({ flowStatus: 3, msgTitle: '丙' }))
    await update(params({ msgTitle: '丁' }))
    expect(bodies().map(({ cardData }) => cardData.cardParamMap)).toEqual([
      { flowStatus: '1' },
      { flowStatus: '1', msgTitle: '甲' },
      { flowStatus: '2' },
      { flowStatus: '2', msgTitle: '乙' },
      { flowStatus: '3', msgTitle: '丙' },
      { flowStatus: '3', msgTitle: '丁' },
    ])
  })

  test.each([
    ['both calls in one', { result: { outTrackId: 'named' } }],
    ['a creation alone', { result: 'named' }],
  ])('carries it under the id that the platform gave the card as well: %s', async (_, created) => {
    const { create, update, params, bodies } = botWith({}, async () => created)
    await create({ flowStatus: '2' }, { userIdType: 2 })
    await update({ outTrackId: 'named', ...params({ msgTitle: '甲' }) })
    expect(bodies()[1]).toMatchObject({
      userIdType: 2,
      cardData: { cardParamMap: { flowStatus: '2', msgTitle: '甲' } },
    })
  })

  test('carries it by key where it says nothing else of the card, so that nothing is taken away', async () => {
    const { create, update, bodies } = botWith()
    await create({ flowStatus: '3' })
    const privateData = { u: { cardParamMap: { voted: true } } }
    await update({ privateData, cardUpdateOptions: { updatePrivateDataByKey: true } })
    expect(bodies()[1]).toEqual({
      outTrackId: 'card',
      userIdType: 1,
      cardData: { cardParamMap: { flowStatus: '3' } },
      privateData: { u: { cardParamMap: { voted: 'true' } } },
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    })
  })

  test('carries it where it takes the place of all variables, too', async () => {
    const { create, update, bodies } = botWith()
    await create({ flowStatus: '3', msgTitle: '甲' })
    await update({ cardData: { cardParamMap: { msgTitle: '乙' } } })
    expect(bodies()[1].cardData.cardParamMap).toEqual({ flowStatus: '3', msgTitle: '乙' })
    expect(bodies()[1]).not.toHaveProperty('cardUpdateOptions')
  })

  test('carries no status of a card that has none', async () => {
    const { create, update, params, bodies } = botWith()
    await create({ markdown: '甲' })
    await update(params({ markdown: '乙' }))
    expect(bodies()[1].cardData.cardParamMap).toEqual({ markdown: '乙' })
  })

  test('carries a status variable of another name, where one is kept', async () => {
    const { bot, update, params, bodies } = botWith()
    await keepCardEntry(storeOf(bot.api) ?? memoryStore(), 'card', { current: { state: '2' } })
    await update(params({ state: '3' }))
    await update(params({ body: '甲' }))
    expect(bodies()[1].cardData.cardParamMap).toEqual({ state: '3', body: '甲' })
  })

  test('says the kind of ids that the card was sent with', async () => {
    const { create, update, params, bodies } = botWith()
    await create({ markdown: '甲' }, { userIdType: 2 })
    await update(params({ markdown: '乙' }))
    await update({ ...params({ markdown: '丙' }), userIdType: 1 })
    expect(bodies()[1].userIdType).toBe(2)
    expect(bodies()[2].userIdType).toBe(1)
  })

  test('knows the status that another process has set', async () => {
    const store = memoryStore()
    const [one, other] = [botWith({ store }), botWith({ store })]
    await one.create({ flowStatus: '1' }, { userIdType: 2 })
    await other.update(other.params({ flowStatus: '3' }))
    await one.update(one.params({ msgTitle: '甲' }))
    expect(one.bodies()[1]).toMatchObject({ userIdType: 2, cardData: { cardParamMap: { flowStatus: '3' } } })
  })

  test.each(['fails', 'hangs'] as const)('knows what this process has set, where the store %s', async how => {
    const get: Store['get'] = () => (how === 'fails' ? Promise.reject(new Error('gone')) : new Promise(() => {}))
    const { create, update, params, bodies } = botWith({ store: { ...memoryStore(), get } })
    await create({ flowStatus: '1' })
    await update(params({ msgTitle: '甲' }))
    expect(bodies()[1].cardData.cardParamMap).toEqual({ flowStatus: '1', msgTitle: '甲' })
  })
})

describe('updates of one card', () => {
  test('go one after the other: one that repeats an old status does not overtake what sets a new one', async () => {
    const answers: (() => void)[] = []
    const { create, update, params, sent, bodies } = botWith({}, ({ method }) =>
      method === 'PUT' ? new Promise(resolve => answers.push(() => resolve({}))) : Promise.resolve({}),
    )
    await create({ flowStatus: '2' })
    const all = [update(params({ a: 1 })), update(params({ flowStatus: '3' })), update(params({ b: 1 }))]
    for (const count of [2, 3, 4]) {
      await expect.poll(() => sent.length).toBe(count)
      answers.shift()?.()
    }
    await Promise.all(all)
    expect(bodies().map(({ cardData }) => cardData.cardParamMap.flowStatus)).toEqual(['2', '2', '3', '3'])
  })

  test('do not wait for those of another card, and one that is given up lets the next go', async () => {
    const { update, params, sent } = botWith({}, call =>
      Object(call.body).cardData.cardParamMap.first ? new Promise(() => {}) : Promise.resolve({}),
    )
    void update(params({ first: 1 })).catch(() => {})
    await expect.poll(() => sent.length).toBe(1)
    const reason = new Error('never mind')
    const controller = new AbortController()
    const second = update(params({ second: 1 }), { signal: controller.signal })
    controller.abort(reason)
    await expect(second).rejects.toBe(reason)
    await update({ outTrackId: 'other', ...params({ third: 1 }) })
    expect(sent).toHaveLength(2)
  })
})

describe('variables', () => {
  test('are text in whatever is sent', async () => {
    const { create, update, bodies } = botWith()
    const values = { n: 1, b: true, o: { a: [1] }, s: 'x', none: undefined, big: 10n, nil: null }
    const texts = { n: '1', b: 'true', o: '{"a":[1]}', s: 'x', big: '10', nil: 'null' }
    await create(values, { privateData: { u: { cardParamMap: values } } })
    await update({ cardData: { cardParamMap: values } })
    expect(bodies()[0]).toMatchObject({
      cardData: { cardParamMap: texts },
      privateData: { u: { cardParamMap: texts } },
    })
    expect(bodies()[0].cardData.cardParamMap).not.toHaveProperty('none')
    expect(bodies()[1].cardData.cardParamMap).toEqual(texts)
  })

  test('hold no half of a character, however deep', async () => {
    const { create, update, bodies } = botWith()
    const values = { title: '好\ud83d', layout: { msgButtons: [{ text: '\ude00好' }] }, whole: '😀' }
    const texts = { title: '好\ufffd', layout: '{"msgButtons":[{"text":"\ufffd好"}]}', whole: '😀' }
    await create(values, { privateData: { u: { cardParamMap: values } } })
    await update({ cardData: { cardParamMap: values } })
    expect(bodies()[0].cardData.cardParamMap).toEqual(texts)
    expect(bodies()[0].privateData.u.cardParamMap).toEqual(texts)
    expect(bodies()[1].cardData.cardParamMap).toEqual(texts)
  })

  test('that hold themselves are named, and nothing is sent', async () => {
    const { update, params, sent } = botWith()
    const ring: Record<string, unknown> = {}
    ring.self = ring
    await expect(update(params({ ring }))).rejects.toMatchObject({
      code: 'ERR_CARD_DATA',
      message: expect.stringContaining('"ring"'),
    })
    expect(sent).toEqual([])
  })

  test.each([
    {},
    { cardData: null },
    { cardData: { cardParamMap: 'x' } },
    { privateData: 'x' },
    { outTrackId: 7 },
    'text',
    null,
  ])('a body that is none is left to the platform: %j', async body => {
    const { bot, sent } = botWith()
    await bot.api.call({ method: 'PUT', path: INSTANCES, body })
    expect(sent).toHaveLength(1)
  })
})
