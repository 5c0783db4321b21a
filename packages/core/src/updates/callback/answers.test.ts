import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import { type Actor, type Turn, testBot } from '../../testing/index.ts'
import { sleep } from '../../utils/sleep.ts'
import { createUpdate, TOPICS } from '../update.ts'
import { keepCardEntry } from './card-entry.ts'

let store: Store

beforeEach(() => {
  vi.useFakeTimers()
  store = memoryStore()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Clicks, until the platform knows all that comes of it. */
async function clickOn(onClick: (ctx: Context) => unknown, who: (alice: Actor) => Actor = one => one): Promise<Turn> {
  const bot = createBot({ store, logger: recordingLogger() }).on('card', onClick)
  const { user, calls } = testBot(bot)
  const clicked = who(user('Alice')).click('card', 'go')
  await vi.advanceTimersByTimeAsync(2_000)
  return { ...(await clicked), calls }
}

const respond =
  (body: unknown) =>
  (ctx: Context): void =>
    ctx.respond(body)

/** Answers when the platform has got `{}` already. */
const respondLate =
  (body: unknown) =>
  async (ctx: Context): Promise<void> => {
    await sleep(1_600)
    ctx.respond(body)
  }

const inTeam = (alice: Actor): Actor => alice.in('Team')
const title = { cardParamMap: { title: 'done' } }

describe('a click is answered', () => {
  test('with new variables for all, and others stay', async () => {
    const { answer, calls } = await clickOn(respond({ card: { title: 'done' } }))
    expect(answer).toMatchObject({
      code: 200,
      data: { response: { cardData: title, cardUpdateOptions: { updateCardDataByKey: true } } },
    })
    expect(answer.data).not.toHaveProperty('response.userPrivateData')
    expect(calls).toEqual([])
  })

  test('with new variables for the one who clicked, and others stay', async () => {
    const { answer, calls } = await clickOn(respond({ private: { title: 'done' } }))
    expect(answer.data).toMatchObject({
      response: { userPrivateData: title, cardUpdateOptions: { updatePrivateDataByKey: true } },
    })
    expect(answer.data).not.toHaveProperty('response.cardData')
    expect(calls).toEqual([])
  })

  test('with text only: what is none becomes JSON, what is undefined is left out', async () => {
    const card = { text: 'a', number: 1, no: false, list: [1], nothing: null, left: undefined }
    const { answer } = await clickOn(respond({ card }))
    const cardParamMap = { text: 'a', number: '1', no: 'false', list: '[1]', nothing: 'null' }
    expect(answer.data).toHaveProperty('response.cardData.cardParamMap', cardParamMap)
  })

  test.each([[{}], [{ card: undefined }], [{ card: undefined, private: undefined }], [undefined], [null]])(
    '{} for %j, which says nothing',
    async body => {
      const { answer, calls } = await clickOn(respond(body))
      expect(answer.data).toEqual({ response: {} })
      expect(calls).toEqual([])
    },
  )

  test.each([
    [{ cardData: title }],
    [{ userPrivateData: title, cardUpdateOptions: { updatePrivateDataByKey: true } }],
    [{ card: 'no variables' }],
    [{ card: ['no variables'] }],
    [{ card: { title: 'done' }, and: 'more' }],
    [{ private: 7, card: { title: 'done' } }],
    [[{ card: {} }]],
    ['a text'],
  ])('as it is where it is not in the short form: %j', async body => {
    expect((await clickOn(respond(body))).answer.data).toEqual({ response: body })
  })
})

describe('what an answer does not reach', () => {
  test('is the rest of a group: they get what is for all by an update', async () => {
    const { answer, calls } = await clickOn(respond({ card: { title: 'done' }, private: { tips: 'you' } }), inTeam)
    expect(answer.data).toMatchObject({
      response: { cardData: title, userPrivateData: { cardParamMap: { tips: 'you' } } },
    })
    expect(calls).toMatchObject([
      {
        method: 'PUT',
        path: '/v1.0/card/instances',
        body: {
          outTrackId: 'card',
          userIdType: 1,
          cardData: title,
          cardUpdateOptions: { updateCardDataByKey: true },
        },
      },
    ])
    expect(calls[0]?.body).not.toHaveProperty('privateData')
  })

  test('is nobody where it is for the one who clicked alone', async () => {
    const { answer, calls } = await clickOn(respond({ private: { tips: 'you' } }), inTeam)
    expect(answer.data).toMatchObject({ response: { userPrivateData: { cardParamMap: { tips: 'you' } } } })
    expect(calls).toEqual([])
  })

  test('is a group that no click tells of, too: that goes by where the card went', async () => {
    await keepCardEntry(store, 'card', { place: { type: 'group', id: 'cid-Team' } })
    const { calls } = await clickOn(respond({ card: { title: 'done' } }))
    expect(calls).toHaveLength(1)
  })

  test('is everybody once it is late: all of it comes by an update', async () => {
    const { answer, calls } = await clickOn(respondLate({ card: { title: 'done' }, private: { tips: 'you' } }))
    expect(answer.data).toEqual({ response: {} })
    expect(calls).toHaveLength(1)
    expect(calls[0]?.body).toMatchObject({
      outTrackId: 'card',
      cardData: title,
      privateData: { 'user-Alice': { cardParamMap: { tips: 'you' } } },
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    })
  })

  test('is said by the half that there is, when it is late', async () => {
    const card = await clickOn(respondLate({ card: { title: 'done' } }))
    expect(card.calls[0]?.body).toHaveProperty('cardData', title)
    expect(card.calls[0]?.body).not.toHaveProperty('privateData')
    const own = await clickOn(respondLate({ private: { tips: 'you' } }), inTeam)
    expect(own.calls[0]?.body).toHaveProperty('privateData', { 'user-Alice': { cardParamMap: { tips: 'you' } } })
    expect(own.calls[0]?.body).not.toHaveProperty('cardData')
  })

  test('comes with the variables that every update of that card has to carry, and its own go first', async () => {
    await keepCardEntry(store, 'card', { current: { flowStatus: '2', title: 'open' } })
    const { calls } = await clickOn(respond({ card: { title: 'done' } }), inTeam)
    expect(calls[0]?.body).toHaveProperty('cardData.cardParamMap', { flowStatus: '2', title: 'done' })
  })

  test('comes with ids of the kind that the card was sent with', async () => {
    await keepCardEntry(store, 'card', { userIdType: 2 })
    const raw = { outTrackId: 'card', userId: 'union-1', spaceType: 'im', spaceId: 'cidG', content: '{}' }
    const bot = createBot({ store }).on('card', respondLate({ private: { tips: 'you' } }))
    const { calls } = testBot(bot)
    const handled = bot.handle(createUpdate(TOPICS.card, raw))
    await vi.advanceTimersByTimeAsync(2_000)
    await handled
    expect(calls[0]?.body).toMatchObject({
      userIdType: 2,
      privateData: { 'union-1': { cardParamMap: { tips: 'you' } } },
    })
  })

  test('cannot be told of a card that has no outTrackId', async () => {
    const bot = createBot({ store }).on('card', respond({ card: { title: 'done' } }))
    const { calls } = testBot(bot)
    expect((await bot.handle(createUpdate(TOPICS.card, { content: '{}' }))).data).toMatchObject({
      response: { cardData: title },
    })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(calls).toEqual([])
  })
})
