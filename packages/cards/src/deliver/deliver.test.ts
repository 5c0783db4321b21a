import { type Api, type ApiCall, createBot, createUpdate, memoryStore, TOPICS } from '@dingware/core'
import { readCardEntry, storeOf } from '@dingware/core/plugin'
import { testBot } from '@dingware/core/testing'
import { describe, expect, test } from 'vitest'
import { evidenceOf } from '../../../core/fixtures/evidence.ts'
import { cards } from '../plugin/cards.ts'
import { cardClient } from '../plugin/client.ts'
import { aiTemplate675cde2f } from '../template/presets.ts'
import { createApiStub } from '../testing/api-stub.ts'
import { CREATE, createFaucet, INSTANCES, STREAM } from '../testing/stage.ts'

const GROUP = { group: 'cidTESTGROUP0001==' }
const ok = { spaceType: 'IM_GROUP', spaceId: 'cid', success: true, carrierId: 'carrier', errorMsg: '' }

interface Bench {
  readonly api: Api
  readonly sent: readonly ApiCall[]
  readonly bodies: (path: string, method?: string) => readonly Record<string, unknown>[]
}

/** An api that answers creations as given. */
function benchWith(answer: (call: ApiCall) => unknown): Bench {
  const sent: ApiCall[] = []
  const api = createApiStub(async call => {
    const { body } = call
    sent.push({ ...call, body })
    return call.path === CREATE || call.method === 'POST' ? answer(call) : { success: true, result: true }
  })
  const bodies: Bench['bodies'] = (path, method = 'PUT') =>
    sent.filter(call => call.path === path && call.method === method).map(({ body }) => Object(body))
  return { api, sent, bodies }
}

describe('an answer to a delivery', () => {
  const answers = evidenceOf('cards').filter(({ name }) => name.startsWith('ans.both'))

  test.each(answers)('$name is read', async ({ name, data }) => {
    const { api } = benchWith(() => data)
    await using client = cardClient(api, { robotCode: 'r' })
    const sending = client.to(GROUP).sendMarkdown('x')
    if (name === 'ans.both.ok') return expect((await sending).outTrackId).toBe('trk-0001')
    const [{ errorMsg }] = Object(data).result.deliverResults
    await expect(sending).rejects.toMatchObject({
      code: 'ERR_CARD_NOT_DELIVERED',
      message: expect.stringContaining(errorMsg),
    })
  })

  test.each([
    ['with a failure as text', { deliverResults: [{ ...ok, success: 'false', errorMsg: 'no' }] }, 'no'],
    ['with nothing but a failure', { deliverResults: [{ success: false }] }, 'no reason given'],
    ['with no results', { deliverResults: [] }, 'no result'],
    ['with none', {}, 'no result'],
    ['that is null', null, 'no result'],
  ])('%s is a card that was not delivered', async (_, result, said) => {
    const { api } = benchWith(() => ({ success: true, result }))
    await using client = cardClient(api, { robotCode: 'r' })
    await expect(client.to(GROUP).sendMarkdown('x')).rejects.toMatchObject({
      code: 'ERR_CARD_NOT_DELIVERED',
      message: expect.stringContaining(said),
    })
  })

  test('that names some places as missed says which, and what the card is called in the others', async () => {
    const missed = { spaceType: 'IM_ROBOT', spaceId: 'nobody', success: false, errorMsg: 'spaceId is illegal' }
    const { api } = benchWith(() => ({ result: { outTrackId: 'named', deliverResults: [ok, missed] } }))
    await using client = cardClient(api, { robotCode: 'r' })
    const sending = client.to({ users: ['u', 'nobody'] }).sendMarkdown('x')
    await expect(sending).rejects.toThrow(/IM_ROBOT nobody: spaceId is illegal.*reach 1 of 2, as named/)
  })

  test('that does not say how it went is a success where it names a handle', async () => {
    const { success, ...silent } = ok
    const { api } = benchWith(() => ({ result: { deliverResults: [silent] } }))
    await using client = cardClient(api, { robotCode: 'r' })
    await expect(client.to(GROUP).sendMarkdown('x')).resolves.toBeDefined()
    const refused = benchWith(() => ({ result: { deliverResults: [{ ...silent, carrierId: '' }] } }))
    await using other = cardClient(refused.api, { robotCode: 'r' })
    await expect(other.to(GROUP).sendMarkdown('x')).rejects.toMatchObject({ code: 'ERR_CARD_NOT_DELIVERED' })
  })

  test('that names some places as missed does not leave an AI card spinning in the others', async () => {
    const missed = { ...ok, success: 'false', errorMsg: 'spaceId is illegal' }
    const { api, bodies } = benchWith(({ path }) =>
      path === CREATE ? { result: { outTrackId: 'named', deliverResults: [ok, missed] } } : {},
    )
    await using client = cardClient(api, { robotCode: 'r' })
    const result = await client
      .to({ users: ['u', 'nobody'] })
      .aiCard()
      .finish('答案')
    expect(result).toMatchObject({ fallback: { reason: { code: 'ERR_CARD_NOT_DELIVERED' } } })
    expect(bodies('/v1.0/robot/oToMessages/batchSend', 'POST')).toHaveLength(1)
    expect(bodies(STREAM)).toMatchObject([{ outTrackId: 'named', content: '答案', isFinalize: true }])
    expect(bodies(INSTANCES)).toMatchObject([{ outTrackId: 'named', cardData: { cardParamMap: { flowStatus: '3' } } }])
  })

  test('of the second of two calls is read as well', async () => {
    const failed = { ...ok, success: false, errorMsg: 'robot is not a member of the group' }
    const { api } = benchWith(({ path }) =>
      path === INSTANCES ? { result: 'trk' } : { success: true, result: [failed] },
    )
    await using client = cardClient(api, { robotCode: 'r' })
    await expect(client.to(GROUP).sendMarkdown('x', { separately: true })).rejects.toThrow(/not a member/)
  })
})

describe('the outTrackId that the answer names', () => {
  test('is the one that is used from then on', async () => {
    const { api, bodies } = benchWith(() => ({ result: { outTrackId: 'named', deliverResults: [ok] } }))
    await using client = cardClient(api, { robotCode: 'r' })
    const card = await client.to(GROUP).sendMarkdown('x')
    await card.update({ markdown: 'y' })
    expect(card.outTrackId).toBe('named')
    expect(bodies(INSTANCES)).toMatchObject([{ outTrackId: 'named' }])
  })

  test('is so between the two calls, too', async () => {
    const { api, bodies } = benchWith(({ path }) => ({ result: path === INSTANCES ? 'named' : [ok] }))
    await using client = cardClient(api, { robotCode: 'r' })
    const card = await client.to(GROUP).sendMarkdown('x', { separately: true })
    expect(bodies(`${INSTANCES}/deliver`, 'POST')).toMatchObject([{ outTrackId: 'named' }])
    expect(card.outTrackId).toBe('named')
  })

  test('is so on AI cards, from the first frame to the end', async () => {
    const { api, bodies } = benchWith(() => ({ result: { outTrackId: 'named', deliverResults: [ok] } }))
    await using client = cardClient(api, { robotCode: 'r' })
    const card = client.to(GROUP).aiCard()
    const { cards: shown } = await card.finish('x')
    const later = [...bodies(INSTANCES), ...bodies(STREAM)]
    expect(new Set(later.map(({ outTrackId }) => outTrackId))).toEqual(new Set(['named']))
    expect(shown.map(({ outTrackId }) => outTrackId)).toEqual(['named'])
    expect(card.outTrackId).toBe('named')
  })

  test('is the one of its clicks: questions are answered, and answered late, by it', async () => {
    const bot = createBot({ robotCode: 'r', throttle: false }).use(cards())
    const kit = testBot(bot)
    const { user } = kit
    kit.mock(CREATE, () => ({ result: { outTrackId: 'named', deliverResults: [ok] } }))
    const results: unknown[] = []
    bot.on('chatbot', async ctx => void results.push(await ctx.choose('哪天？', ['周一', '周二'])))
    const asked = user('Alice').in('Team').say('hi')
    // The platform has answered, and nobody can click before that.
    await expect.poll(() => readCardEntry(storeOf(bot.api) ?? memoryStore(), 'named')).toBeDefined()
    const content = JSON.stringify({ cardPrivateData: { actionIds: [], params: { text: '周二' } } })
    const click = { type: 'actionCallback', outTrackId: 'named', userId: 'user-Alice', content }
    await bot.handle(createUpdate(TOPICS.card, click, { topic: TOPICS.card, messageId: 'm1' }))
    await asked
    expect(results).toMatchObject([{ value: '周二' }])
    const late = await bot.handle(createUpdate(TOPICS.card, click, { topic: TOPICS.card, messageId: 'm2' }))
    expect(late).toMatchObject({ data: { response: { cardData: { cardParamMap: { tips: '' } } } } })
  })

  test('is the one of clicks on the stop button of a template', async () => {
    const bot = createBot({ robotCode: 'r', throttle: false }).use(cards({ templates: { ai: aiTemplate675cde2f } }))
    const kit = testBot(bot)
    kit.mock(CREATE, () => ({ result: { outTrackId: 'named', deliverResults: [ok] } }))
    const faucet = createFaucet()
    const results: unknown[] = []
    bot.on('chatbot', async ctx => void results.push(await ctx.aiCard({ stopButton: true, air: 0 }).stream(faucet)))
    const told = kit.user('Alice').in('Team').say('hi')
    faucet.give('一')
    await expect.poll(() => kit.calls.some(({ path }) => path === STREAM)).toBe(true)
    const content = JSON.stringify({ cardPrivateData: { actionIds: ['btn_stop'], params: {} } })
    const click = { type: 'actionCallback', outTrackId: 'named', userId: 'user-Alice', content }
    await bot.handle(createUpdate(TOPICS.card, click, { topic: TOPICS.card, messageId: 'm1' }))
    faucet.end()
    await told
    expect(results).toMatchObject([{ status: 'stopped' }])
  })
})
