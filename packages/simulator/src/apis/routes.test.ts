import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import { accessToken, type Call, caller } from '../testing/api.ts'

interface Case {
  readonly name: string
  readonly method?: string
  readonly path: string
  /** Of a good request. */
  readonly body: (sim: Simulator) => object
  readonly answer: unknown
  /** Fields put over the good body, with the status and the code that they lead to. */
  readonly bad: readonly (readonly [Record<string, unknown>, number, string])[]
}

const robot = (sim: Simulator) => ({ robotCode: sim.clientId })
const wrongRobot = [
  [{ robotCode: undefined }, 400, 'invalidParameter.robotCode.empty'],
  [{ robotCode: 'ding-other' }, 400, 'resource.not.found'],
] as const
const INVALID = 'invalidParameter.param.invalid'

const cases: readonly Case[] = [
  {
    name: 'DING',
    path: '/v1.0/robot/ding/send',
    body: sim => ({
      ...robot(sim),
      remindType: 1,
      receiverUserIdList: [sim.user('Alice').userId, 'nobody'],
      content: 'up!',
    }),
    answer: { openDingId: expect.any(String), failedList: { 用户不存在: ['nobody'] } },
    bad: [
      ...wrongRobot,
      [{ remindType: 4 }, 400, INVALID],
      [{ content: '' }, 400, 'miss.param.content'],
      [{ receiverUserIdList: [] }, 400, 'invalidParameter.userIds.empty'],
      [{ receiverUserIdList: Array.from({ length: 201 }, String) }, 400, 'invalidParameter.userIds.overMax'],
      [
        { remindType: 3, receiverUserIdList: Array.from({ length: 21 }, String) },
        400,
        'invalidParameter.userIds.overMax',
      ],
    ],
  },
  {
    name: 'recalling a DING that is unknown',
    path: '/v1.0/robot/ding/recall',
    body: sim => ({ ...robot(sim), openDingId: 'x' }),
    answer: undefined,
    bad: [...wrongRobot, [{ openDingId: '' }, 400, 'miss.param.openDingId'], [{}, 400, INVALID]],
  },
  {
    name: 'setting quick entrances',
    path: '/v1.0/robot/plugins/set',
    body: sim => ({ ...robot(sim), pluginInfoList: [{ name: 'Help', icon: '@i', pcUrl: 'https://a.com' }] }),
    answer: { result: true },
    bad: [...wrongRobot, [{ pluginInfoList: undefined }, 400, INVALID], [{ pluginInfoList: [{}] }, 400, INVALID]],
  },
  {
    name: 'asking for quick entrances',
    path: '/v1.0/robot/plugins/query',
    body: robot,
    answer: { pluginInfoList: [] },
    bad: wrongRobot,
  },
  {
    name: 'clearing quick entrances',
    path: '/v1.0/robot/plugins/clear',
    body: robot,
    answer: { result: true },
    bad: wrongRobot,
  },
  {
    name: 'the text of a bot that is offline',
    path: '/v1.0/innerApi/robot/stream/away/template/update',
    body: sim => ({ ...robot(sim), cardTemplateId: 'StandardCard', cardData: '{}' }),
    answer: { success: true },
    bad: [...wrongRobot, [{ cardTemplateId: 'other' }, 400, INVALID], [{ cardData: '' }, 400, 'miss.param.cardData']],
  },
  {
    name: 'an ordinary card of before',
    path: '/v1.0/im/v1.0/robot/interactiveCards/send',
    body: sim => ({
      ...robot(sim),
      cardTemplateId: 'StandardCard',
      cardBizId: 'b1',
      singleChatReceiver: JSON.stringify({ userId: sim.user('Alice').userId }),
      cardData: '{"contents":[]}',
    }),
    answer: { processQueryKey: expect.any(String) },
    bad: [
      ...wrongRobot,
      [{ cardData: 'x' }, 400, INVALID],
      [{ cardBizId: '' }, 400, 'miss.param.cardBizId'],
      [{ cardBizId: 'x'.repeat(101) }, 400, INVALID],
      [{ singleChatReceiver: '{"userId":"nobody"}' }, 400, 'invalid.openConversationId'],
    ],
  },
  {
    name: 'an advanced card of before',
    path: '/v1.0/im/interactiveCards/send',
    body: sim => ({
      cardTemplateId: 't',
      outTrackId: 'o1',
      conversationType: 1,
      openConversationId: sim.group('Team').conversationId,
      cardData: { cardParamMap: { a: 'b' } },
    }),
    answer: { success: true, result: { processQueryKey: expect.any(String) } },
    bad: [
      [{ cardTemplateId: '' }, 400, 'param.cardTemplateIdEmpty'],
      [{ outTrackId: '' }, 400, 'param.outTrackIdEmpty'],
      [{ openConversationId: 'cidX' }, 400, 'invalid.openConversationId'],
      [{ cardData: { cardParamMap: { a: 1 } } }, 400, INVALID],
      [{ receiverUserIdList: Array.from({ length: 21 }, String) }, 400, INVALID],
    ],
  },
  {
    name: 'an answer of the AI assistant',
    path: '/v1.0/aiInteraction/reply',
    body: () => ({ conversationToken: 't', contentType: 'ai_card', content: '{"templateId":"x"}' }),
    answer: { result: { success: true } },
    bad: [
      [{ conversationToken: '' }, 400, 'invalid.conversation.token'],
      [{ content: '' }, 400, 'invalid.content'],
      [{ content: 'x' }, 400, 'invalid.content.json'],
      [{ contentType: 'x' }, 400, 'invalid.param'],
    ],
  },
  {
    name: 'an answer of the AI assistant, prepared',
    path: '/v1.0/aiInteraction/prepare',
    body: sim => ({ unionId: sim.user('Alice').unionId, contentType: 'ai_card', content: '{"templateId":"x"}' }),
    answer: { result: { conversationToken: expect.any(String) } },
    bad: [
      [{ content: 'x' }, 400, 'invalid.content.json'],
      [{ contentType: 'x' }, 400, 'invalid.param'],
    ],
  },
  {
    name: 'an answer of the AI assistant, changed',
    path: '/v1.0/aiInteraction/update',
    body: () => ({ conversationToken: 't', contentType: 'ai_card', content: '{"templateId":"x"}' }),
    answer: { result: { success: true } },
    bad: [[{ conversationToken: '' }, 400, 'invalid.conversation.token']],
  },
  {
    name: 'an answer of the AI assistant, finished',
    path: '/v1.0/aiInteraction/finish',
    body: () => ({ conversationToken: 't' }),
    answer: { result: { success: true } },
    bad: [[{ conversationToken: '' }, 400, 'invalid.conversation.token']],
  },
  {
    name: 'an advanced card of before that is shown nowhere yet',
    path: '/v1.0/im/interactiveCards/instances',
    body: () => ({ cardTemplateId: 't', outTrackId: 'o1', cardData: { cardParamMap: { a: 'b' } } }),
    answer: { processQueryKey: expect.any(String) },
    bad: [
      [{ cardTemplateId: '' }, 400, 'param.cardTemplateIdEmpty'],
      [{ outTrackId: '' }, 400, 'param.outTrackIdEmpty'],
    ],
  },
  {
    name: 'changing an advanced card of before that is unknown',
    method: 'PUT',
    path: '/v1.0/im/interactiveCards',
    body: () => ({ outTrackId: 'o1', cardData: { cardParamMap: { a: 'b' } } }),
    answer: undefined,
    bad: [
      [{}, 400, 'param.cardNotExist'],
      [{ outTrackId: '' }, 400, 'param.outTrackIdEmpty'],
    ],
  },
  {
    name: 'the apps of the organisation',
    method: 'GET',
    path: '/v1.0/microApp/allInnerApps',
    body: () => ({}),
    answer: { appList: [{ name: 'Bot', agentId: expect.any(Number) }] },
    bad: [],
  },
]

describe.each(cases)('$name', ({ method = 'POST', path, body, answer, bad }) => {
  // What needs something to be there first is tested below.
  if (answer !== undefined)
    test('good', async () => {
      await using sim = await createSimulator()
      const call = await caller(sim)
      const sent = method === 'GET' ? undefined : body(sim)
      expect(await call(method, path, sent)).toMatchObject({ status: 200, body: answer })
    })

  test.each(bad)('%j', async (more, status, code) => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const refused = await call(method, path, { ...body(sim), ...more })
    expect(refused).toMatchObject({
      status,
      body: { code, message: expect.any(String), requestid: expect.any(String) },
    })
    expect(sim.messages).toEqual([])
  })
})

describe('what is kept', () => {
  const post = async (call: Call, path: string, body: object) => Object((await call('POST', path, body)).body)

  test('a DING is seen by each, until it is recalled', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const receiverUserIdList = [sim.user('Alice').userId, sim.user('Bob').userId]
    const ding = { ...robot(sim), remindType: 1, receiverUserIdList, content: 'up!' }
    const { openDingId } = await post(call, '/v1.0/robot/ding/send', ding)
    expect(sim.messages).toMatchObject([1, 2].map(() => ({ content: { msgtype: 'ding', body: { content: 'up!' } } })))
    expect(await post(call, '/v1.0/robot/ding/recall', { ...robot(sim), openDingId })).toEqual({ openDingId })
    expect(sim.messages).toEqual([])
  })

  test('quick entrances, until they are cleared', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const pluginInfoList = [{ name: 'Help' }]
    await post(call, '/v1.0/robot/plugins/set', { ...robot(sim), pluginInfoList })
    expect(await post(call, '/v1.0/robot/plugins/query', robot(sim))).toEqual({ pluginInfoList })
    await post(call, '/v1.0/robot/plugins/clear', robot(sim))
    expect(await post(call, '/v1.0/robot/plugins/query', robot(sim))).toEqual({ pluginInfoList: [] })
  })

  test('a card of before, which is changed by its own id', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const card = { ...robot(sim), cardTemplateId: 'StandardCard', cardBizId: 'b1', cardData: '{"a":1}' }
    const { conversationId: openConversationId } = sim.group('Team')
    await post(call, '/v1.0/im/v1.0/robot/interactiveCards/send', { ...card, openConversationId })
    const update = { cardBizId: 'b1', cardData: '{"a":2}' }
    expect(await call('PUT', '/v1.0/im/robots/interactiveCards', update)).toMatchObject({ status: 200 })
    expect(sim.messages).toMatchObject([{ content: { msgtype: 'interactiveCard', body: { a: 2 } } }])
    const other = await call('PUT', '/v1.0/im/robots/interactiveCards', { ...update, cardBizId: 'b2' })
    expect(other).toMatchObject({ status: 400, body: { code: 'param.cardNotExist' } })
  })

  test('an advanced card of before, changed in part and as a whole', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const { conversationId: openConversationId } = sim.group('Team')
    const card = { cardTemplateId: 't', outTrackId: 'o1', cardData: { cardParamMap: { a: '1', b: '2' } } }
    await post(call, '/v1.0/im/interactiveCards/send', { ...card, conversationType: 1, openConversationId })
    const update = async (cardParamMap: object, cardOptions?: object) => {
      const body = { outTrackId: 'o1', cardData: { cardParamMap }, cardOptions }
      expect(await call('PUT', '/v1.0/im/interactiveCards', body)).toMatchObject({ status: 200 })
      return sim.messages[0]?.content
    }
    expect(await update({ b: '3' }, { updateCardDataByKey: true })).toMatchObject({ body: { a: '1', b: '3' } })
    expect(await update({ c: '4' })).toMatchObject({ body: { c: '4' } })
    expect(sim.messages).toHaveLength(1)
  })

  test('an advanced card that is only made is shown nowhere, and can be changed', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const card = { cardTemplateId: 't', outTrackId: 'o1', cardData: { cardParamMap: { a: '1' } } }
    await post(call, '/v1.0/im/interactiveCards/instances', card)
    expect(await call('PUT', '/v1.0/im/interactiveCards', card)).toMatchObject({ status: 200 })
    expect(sim.messages).toEqual([])
  })

  describe('no card of before gets into a group', () => {
    type Leaving = (sim: Simulator, group: { readonly conversationId: string }) => void
    test.each<[string, Leaving, string]>([
      ['that is disbanded', (sim, group) => sim.disband(group), 'group.disbanded'],
      ['that the bot has left', (sim, group) => sim.removeBot(group), 'resource.not.found'],
    ])('%s', async (_, leave, code) => {
      await using sim = await createSimulator()
      const call = await caller(sim)
      const team = sim.group('Team')
      leave(sim, team)
      const { conversationId: openConversationId } = team
      const ordinary = { ...robot(sim), cardTemplateId: 'StandardCard', cardBizId: 'b1', cardData: '{}' }
      const advanced = { cardTemplateId: 't', outTrackId: 'o1', conversationType: 1, cardData: { cardParamMap: {} } }
      const answers = [
        await call('POST', '/v1.0/im/v1.0/robot/interactiveCards/send', { ...ordinary, openConversationId }),
        await call('POST', '/v1.0/im/interactiveCards/send', { ...advanced, openConversationId }),
      ]
      for (const answer of answers) expect(answer).toMatchObject({ status: 400, body: { code } })
      expect(sim.messages).toEqual([])
    })
  })

  test('what was sent into a group, taken back by the older API, which knows a chatbotId', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const { conversationId: openConversationId } = sim.group('Team')
    const message = { ...robot(sim), openConversationId, msgKey: 'sampleText', msgParam: '{"content":"hi"}' }
    const { processQueryKey } = await post(call, '/v1.0/robot/groupMessages/send', message)
    const body = { chatbotId: sim.clientId, openConversationId, processQueryKeys: [processQueryKey, 'x'] }
    expect(await post(call, '/v1.0/robot/groupMessages/batchRecall', body)).toEqual({
      successResult: [processQueryKey],
      failedResult: { x: 'invalid.processQueryKey' },
    })
    expect(sim.messages).toEqual([])
    expect(await call('POST', '/v1.0/robot/groupMessages/batchRecall', { ...body, chatbotId: '' })).toMatchObject({
      status: 400,
      body: { code: 'invalidParameter.robotCode.empty' },
    })
  })

  test('the apps of the organisation, by the old API', async () => {
    await using sim = await createSimulator()
    const token = await accessToken(sim)
    const call = await caller(sim)
    expect(await call('POST', `/microapp/list?access_token=${token}`)).toMatchObject({
      status: 200,
      body: { errcode: 0, appList: [{ name: 'Bot', agentId: expect.any(Number) }] },
    })
    expect(await call('POST', '/microapp/list?access_token=x')).toMatchObject({ body: { errcode: expect.any(Number) } })
  })

  test('the bots of a group that stands in the body, as generated clients send it', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const ask = (body?: object) => call('POST', '/v1.0/robot/groups/robots/query', body)
    const { conversationId: openConversationId } = sim.group('Team')
    expect(await ask({ openConversationId })).toMatchObject({ body: { chatbotInstanceVOList: [{ name: 'Bot' }] } })
    for (const body of [undefined, {}, { openConversationId: null }, { openConversationId: '' }]) {
      expect(await ask(body)).toMatchObject({ status: 400, body: { code: 'miss.openConversationId' } })
    }
  })

  test('the bots of a group', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const path = '/v1.0/robot/groups/robots/query'
    const of = (id: string) => call('POST', `${path}?openConversationId=${encodeURIComponent(id)}`)
    const team = sim.group('Team')
    expect(await of(team.conversationId)).toMatchObject({
      body: { chatbotInstanceVOList: [{ robotCode: sim.clientId, name: 'Bot' }] },
    })
    sim.removeBot(team)
    expect(await of(team.conversationId)).toMatchObject({ body: { chatbotInstanceVOList: [] } })
    expect(await of('')).toMatchObject({ status: 400, body: { code: 'miss.openConversationId' } })
    expect(await of('cidX')).toMatchObject({ status: 400, body: { code: 'invalid.openConversationId' } })
  })

  test('people, of both kinds of API', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const { userId, unionId } = sim.user('Alice')
    for (const id of [userId, unionId]) {
      expect(await call('GET', `/v1.0/contact/users/${id}`)).toMatchObject({ body: { nick: 'Alice', unionId } })
    }
    expect(await call('GET', '/v1.0/contact/users/nobody')).toMatchObject({ status: 404 })
    const { clientId, clientSecret } = sim
    const token = await (await fetch(`${sim.url}/gettoken?appkey=${clientId}&appsecret=${clientSecret}`)).json()
    const old = `/topapi/v2/user/get?access_token=${Object(token).access_token}`
    expect(await post(call, old, { userid: userId })).toMatchObject({
      errcode: 0,
      result: { name: 'Alice', unionid: unionId },
    })
    expect(await post(call, old, { userid: 'nobody' })).toMatchObject({ errcode: 60121 })
    expect(sim.quota.api.used).toBe(0)
  })
})

describe('reactions', () => {
  test('are set on what people say, and taken back by the very same body', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const { message } = await sim.user('Alice').say('hi')
    const body = {
      ...robot(sim),
      openMsgId: message.id,
      openConversationId: message.conversationId,
      emotionType: 2,
      emotionName: '🤔',
      textEmotion: { emotionId: '2659900', emotionName: '🤔', text: '🤔', backgroundId: 'im_bg_1' },
    }
    const ask = (verb: string, more: object = {}) => call('POST', `/v1.0/robot/emotion/${verb}`, { ...body, ...more })
    expect(await ask('reply')).toMatchObject({ status: 200, body: { success: true } })
    expect(sim.reactions(message)).toEqual([body])
    expect(await ask('recall', { emotionName: '👀' })).toMatchObject({ status: 500, body: { code: 'system.err' } })
    expect(await ask('recall')).toMatchObject({ status: 200 })
    expect(sim.reactions(message)).toEqual([])
    expect(await ask('reply', { openMsgId: 'msgX' })).toMatchObject({ status: 500 })
    expect(await ask('reply', { openMsgId: '' })).toMatchObject({ body: { code: 'miss.param.openMsgId' } })
    expect(await ask('reply', { robotCode: '' })).toMatchObject({ body: { code: 'invalidParameter.robotCode.empty' } })
  })
})
