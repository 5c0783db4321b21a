import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { post } from '../../testing/client.ts'

async function create(sim: Simulator, body: unknown): Promise<{ status: number; body: unknown }> {
  const { clientId: appKey, clientSecret: appSecret } = sim
  const token = await post(`${sim.url}/v1.0/oauth2/accessToken`, { appKey, appSecret })
  const headers = { 'x-acs-dingtalk-access-token': String(Object(token.body).accessToken) }
  return post(`${sim.url}/v1.0/card/instances/createAndDeliver`, body, headers)
}

function groupCard(sim: Simulator): Record<string, unknown> {
  return {
    cardTemplateId: 'hello.schema',
    outTrackId: 'trk_1',
    callbackType: 'STREAM',
    cardData: { cardParamMap: { title: 'Hi', count: '3' } },
    privateData: { u1: { cardParamMap: { voted: 'false' } } },
    openSpaceId: `dtv1.card//IM_GROUP.${sim.group('Team').conversationId}`,
    imGroupOpenSpaceModel: { supportForward: true },
    imGroupOpenDeliverModel: { robotCode: sim.clientId },
  }
}

function robotCard(sim: Simulator): Record<string, unknown> {
  return {
    cardTemplateId: 'hello.schema',
    outTrackId: 'trk_1',
    cardData: { cardParamMap: { title: 'Hi' } },
    openSpaceId: `dtv1.card//IM_ROBOT.${sim.user('Alice').userId}`,
    imRobotOpenSpaceModel: { supportForward: true },
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: sim.clientId },
  }
}

test('a card in a group', async () => {
  await using sim = await createSimulator()
  const team = sim.group('Team')
  const card = groupCard(sim)
  const answer = await create(sim, card)
  const [space] = sim.cards.get('trk_1')?.spaces ?? []
  expect(answer).toEqual({
    status: 200,
    body: {
      success: true,
      result: {
        outTrackId: 'trk_1',
        deliverResults: [
          {
            spaceType: 'IM_GROUP',
            spaceId: team.conversationId,
            success: true,
            carrierId: space?.carrierId,
            errorMsg: '',
          },
        ],
      },
    },
  })
  expect(sim.cards.get('trk_1')).toMatchObject({
    templateId: 'hello.schema',
    callbackType: 'STREAM',
    variables: { title: 'Hi', count: '3' },
    privateVariables: { u1: { voted: 'false' } },
  })
  const shown = await sim.expectReply(/Hi/, { in: team })
  expect(shown).toMatchObject({ id: space?.messageId, via: 'card', body: card })
  expect(shown.content).toEqual({
    kind: 'card',
    outTrackId: 'trk_1',
    templateId: 'hello.schema',
    variables: { title: 'Hi', count: '3' },
  })
})

test('a card in a private chat, by userId, by unionId, and without a robotCode', async () => {
  await using sim = await createSimulator()
  const alice = sim.user('Alice')
  const { message } = await alice.say('hi')
  const byUnionId = { outTrackId: 'trk_2', userIdType: 2, openSpaceId: `dtv1.card//IM_ROBOT.${alice.unionId}` }
  const bare = { outTrackId: 'trk_3', imRobotOpenDeliverModel: {} }
  for (const more of [{}, byUnionId, bare]) {
    expect(await create(sim, { ...robotCard(sim), ...more })).toMatchObject({ status: 200 })
    expect(await sim.expectReply('Hi')).toMatchObject({ conversationId: message.conversationId })
  }
})

test('several spaces, in either case of letters, one of which is unknown', async () => {
  await using sim = await createSimulator()
  const both = { ...robotCard(sim), ...groupCard(sim) }
  const openSpaceId = `${both.openSpaceId};im_robot.nobody;IM_ROBOT.${sim.user('Alice').userId}`
  const { body } = await create(sim, { ...both, openSpaceId })
  expect(Object(body).result.deliverResults).toMatchObject([
    { spaceType: 'IM_GROUP', success: true },
    { spaceType: 'IM_ROBOT', spaceId: 'nobody', success: false, errorMsg: 'spaceId is illegal' },
    { spaceType: 'IM_ROBOT', success: true },
  ])
  expect(sim.messages).toHaveLength(2)
})

test('a private chat is no group, and another bot does not speak for this one', async () => {
  await using sim = await createSimulator()
  const { message } = await sim.user('Alice').say('hi')
  for (const more of [
    { openSpaceId: `dtv1.card//IM_GROUP.${message.conversationId}` },
    { imGroupOpenDeliverModel: { robotCode: 'ding-other' }, outTrackId: 'trk_2' },
  ]) {
    const { status, body } = await create(sim, { ...groupCard(sim), ...more })
    expect(status).toBe(200)
    expect(Object(body).result.deliverResults).toMatchObject([{ success: false, errorMsg: 'spaceId is illegal' }])
  }
})

test('without a model of the kind of space the card is made, and told to have no space', async () => {
  await using sim = await createSimulator()
  for (const [index, model] of [undefined, {}].entries()) {
    const outTrackId = `trk_${index}`
    const { status, body } = await create(sim, { ...groupCard(sim), outTrackId, imGroupOpenSpaceModel: model })
    expect(status).toBe(200)
    expect(Object(body).result).toEqual({
      outTrackId,
      deliverResults: [{ spaceType: 'IM', spaceId: 'IM_ALL', success: false, errorMsg: 'spaces of card is empty' }],
    })
  }
  expect(sim.messages).toEqual([])
})

test('a bot that is not in the group is told so', async () => {
  await using sim = await createSimulator()
  const card = groupCard(sim)
  sim.removeBot(sim.group('Team'))
  const { body } = await create(sim, card)
  expect(Object(body).result.deliverResults).toMatchObject([
    { spaceType: 'IM_GROUP', success: false, errorMsg: 'robot is not a member of the group' },
  ])
})

describe('what is refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['no template', { cardTemplateId: undefined }, 'param.cardTemplateIdEmpty'],
    ['no outTrackId', { outTrackId: '' }, 'param.outTrackIdEmpty'],
    ['no openSpaceId', { openSpaceId: undefined }, 'param.openSpaceIdEmpty'],
    ['openSpaceId without its prefix', { openSpaceId: 'IM_GROUP.cid1' }, 'param.openSpaceIdInvalid'],
    ['openSpaceId of an unknown type', { openSpaceId: 'dtv1.card//IM_MARS.cid1' }, 'param.openSpaceIdInvalid'],
    ['openSpaceId without an id', { openSpaceId: 'dtv1.card//IM_GROUP.' }, 'param.openSpaceIdInvalid'],
    ['no cardData', { cardData: undefined }, 'param.cardPublicDataEmpty'],
    ['a number as a variable', { cardData: { cardParamMap: { count: 3 } } }, 'MissingStringValue'],
    ['an object as a variable', { cardData: { cardParamMap: { list: [] } } }, 'MissingStringValue'],
    ['a private boolean', { privateData: { u1: { cardParamMap: { voted: false } } } }, 'MissingStringValue'],
    ['callbackType in lower case', { callbackType: 'stream' }, 'param.invalid'],
    ['userIdType 3', { userIdType: 3 }, 'param.invalid'],
    ['no deliver model', { imGroupOpenDeliverModel: undefined }, 'param.spaceDeliverModelEmpty'],
    ['no robotCode', { imGroupOpenDeliverModel: {} }, 'param.spaceDeliverModelError'],
  ])('%s', async (_, more, code) => {
    await using sim = await createSimulator()
    expect(await create(sim, { ...groupCard(sim), ...more })).toEqual({
      status: 400,
      body: { code, message: expect.any(String), requestid: expect.any(String) },
    })
    expect(sim.cards.size).toBe(0)
    expect(sim.messages).toEqual([])
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['no deliver model', { imRobotOpenDeliverModel: undefined }, 'param.spaceDeliverModelEmpty'],
    ['another space type', { imRobotOpenDeliverModel: { spaceType: 'IM_GROUP' } }, 'param.spaceDeliverModelError'],
  ])('in a private chat: %s', async (_, more, code) => {
    await using sim = await createSimulator()
    expect(await create(sim, { ...robotCard(sim), ...more })).toMatchObject({ status: 400, body: { code } })
  })

  test('an outTrackId a second time', async () => {
    await using sim = await createSimulator()
    await create(sim, groupCard(sim))
    expect(await create(sim, groupCard(sim))).toMatchObject({ status: 400, body: { code: 'param.cardAlreadyExist' } })
    expect(sim.messages).toHaveLength(1)
  })

  test('no JSON', async () => {
    await using sim = await createSimulator()
    expect(await create(sim, 'x')).toMatchObject({ status: 400, body: { code: 'Missingbody' } })
  })
})
