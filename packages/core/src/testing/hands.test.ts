import { describe, expect, test } from 'vitest'
import type { Api } from '../api/api.ts'
import { createBot } from '../bot/bot.ts'
import { testBot } from './index.ts'

const layout = (...msgButtons: object[]): string => JSON.stringify({ msgButtons })
const approve = { text: '同意', id: 'approve~0k1a0', request: true }

async function send({ api }: { api: Api }, cardTemplateId: string, cardParamMap: object, more: object = {}) {
  const body = { outTrackId: 'card', cardTemplateId, cardData: { cardParamMap }, ...more }
  await api.call({ method: 'POST', path: '/v1.0/card/instances/createAndDeliver', body })
}

describe('a click', () => {
  /** What came in, as the handler got it. */
  function heardBy(cardParamMap: object, more: object = {}) {
    const heard: unknown[] = []
    const bot = createBot({ logger: { debug() {}, info() {}, warn() {}, error() {} } })
    bot.on('chatbot', ctx => send(ctx, 'own', cardParamMap, more))
    bot.on('card', ctx => void heard.push(ctx.callback.raw))
    return { bot, heard }
  }
  const callOf = (raw: unknown) => JSON.parse(Object(raw).content).cardPrivateData

  test('on a button from data tells the node of the layout, and in its params the button', async () => {
    const { bot, heard } = heardBy({ sys_full_json_obj: layout(approve) })
    const alice = testBot(bot).user('Alice').in('Team')
    await alice.say('hi')
    await alice.click('card', '同意')
    const content = JSON.stringify({
      cardPrivateData: callOf(heard[0]),
    })
    expect(heard[0]).toEqual({
      type: 'actionCallback',
      outTrackId: 'card',
      corpId: 'ding-test',
      userId: 'user-Alice',
      userIdType: 1,
      spaceType: 'im',
      spaceId: 'cid-Team',
      extension: '{}',
      content,
      value: content,
    })
    expect(callOf(heard[0])).toEqual({
      actionIds: [expect.stringMatching(/^single_button_node_[a-z]{11}$/)],
      params: { id: approve.id, text: '同意' },
    })
  })

  test('tells the text alone, and what is documented alone, on wish', async () => {
    const { bot, heard } = heardBy({ sys_full_json_obj: layout(approve) })
    const alice = testBot(bot, { clickParams: 'text', clickShape: 'minimal' }).user('Alice')
    await alice.say('hi')
    await alice.click('card', '同意')
    expect(callOf(heard[0]).params).toEqual({ text: '同意' })
    expect(Object.keys(Object(heard[0])).toSorted()).toEqual(['content', 'corpId', 'outTrackId', 'type', 'userId'])
  })

  test.each([
    [{}, 'user-Alice'],
    [{ privateSpaceId: 'conversationId' }, 'cid-private-Alice'],
    [{ spaceIdForm: 'prefixed' }, 'dtv1.card//im.user-Alice'],
  ] as const)('in private has the space of the switches %j', async (switches, spaceId) => {
    const { bot, heard } = heardBy({})
    const alice = testBot(bot, switches).user('Alice')
    await alice.click('card', 'any')
    expect(heard[0]).toMatchObject({ spaceType: 'im', spaceId })
  })

  test('on a card that goes by unionId names the person so', async () => {
    const { bot, heard } = heardBy({}, { userIdType: 2 })
    const alice = testBot(bot).user('Alice')
    await alice.say('hi')
    await alice.click('card', 'any')
    expect(heard[0]).toMatchObject({ userId: 'union-user-Alice', userIdType: 2 })
  })

  test('on a button of a group tells its actionId with its number, and the params of its event', async () => {
    const event = { type: 'sendCardRequest', params: { actionId: 'approval', params: { d: 'deny' } } }
    const btns = JSON.stringify([
      { text: 'Allow', event },
      { text: 'Deny', event },
    ])
    const { bot, heard } = heardBy({ btns })
    for (const switches of [{}, { buttonIndex: 'none' }] as const) {
      const alice = testBot(bot, switches).user('Alice')
      await alice.say('hi')
      await alice.click('card', 'Deny')
    }
    expect(heard.map(callOf)).toEqual([
      { actionIds: ['approval1'], params: { d: 'deny' } },
      { actionIds: ['approval'], params: { d: 'deny' } },
    ])
  })

  test('on a thumb comes from a component of the platform', async () => {
    const { bot, heard } = heardBy({})
    const alice = testBot(bot).user('Alice')
    await alice.feedback('card', 'dislike')
    await alice.feedback('card', 'share')
    expect(heard.map(callOf)).toMatchObject([
      { actionIds: ['sys_action_like_component'], params: { variableValue: 'dislike' } },
      { actionIds: ['sys_action_ai_card_share'] },
    ])
  })

  test('in a group is answered to the one who clicked alone, until all get the same', async () => {
    const bot = createBot().on('chatbot', ctx => send(ctx, 'own', { title: 'Open', count: '1' }))
    bot.on('card', ctx => ctx.respond({ card: { title: 'Done' } }))
    for (const clickAnswer of ['clicker', 'everybody'] as const) {
      const kit = testBot(bot, { clickAnswer })
      const alice = kit.user('Alice').in('Team')
      await alice.say('hi')
      await alice.click('card', 'any')
      expect(kit.replies[0]?.text).toBe(clickAnswer === 'clicker' ? 'Open' : 'Done')
    }
  })

  test('of the form component brings typed values under the id of the question, and murmurs before', async () => {
    const options = [
      { value: 'annual', text: '年假' },
      { value: 'sick', text: '病假' },
    ]
    const fields = [
      { name: 'reason', label: '事由', type: 'TEXT', required: true },
      { name: 'kind', label: '类型', type: 'SELECT', options },
    ]
    const { bot, heard } = heardBy({ form: JSON.stringify({ fields }), question_id: 'q1', card_status: 'pending' })
    const kit = testBot(bot)
    const alice = kit.user('Alice')
    await alice.say('hi')
    const card = await kit.card()
    await alice.submit(card, { reason: 'x', kind: '病假' })
    await alice.submit(card, {}, { cancel: true })
    const calls = heard.map(callOf)
    expect(calls.map(({ actionIds }) => actionIds)).toEqual([['q1'], ['q1'], ['q1']])
    expect(Object.keys(calls[0].params)).toEqual(['fromConfig'])
    expect(calls[1].params).toEqual({ form: { reason: 'x', kind: { index: 1, value: 'sick' } } })
    expect(calls[2].params).toEqual({ user_cancel: 'true' })
    await expect(alice.submit(card, { kind: 'sick' })).rejects.toThrow('reason is required')
  })
})
