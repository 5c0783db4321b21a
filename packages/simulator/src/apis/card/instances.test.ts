import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../simulator.ts'
import { caller } from '../../testing/api.ts'
import { groupCard, showCard } from '../../testing/cards.ts'

const CREATE = '/v1.0/card/instances'
const DELIVER = '/v1.0/card/instances/deliver'

test('created first, delivered later, to more than one place', async () => {
  await using sim = await createSimulator()
  const call = await caller(sim)
  const { openSpaceId, ...card } = groupCard(sim)
  expect(await call('POST', CREATE, card)).toMatchObject({ status: 200, body: { success: true, result: 'trk_1' } })
  expect(sim.messages).toEqual([])
  const delivered = await call('POST', DELIVER, { ...card, openSpaceId })
  const [space] = sim.cards.get('trk_1')?.spaces ?? []
  const result = [
    { spaceType: 'IM_GROUP', success: true, carrierId: space?.carrierId, spaceId: space?.spaceId, errorMsg: '' },
  ]
  expect(delivered).toMatchObject({ status: 200, body: { success: true, result } })
  expect(await sim.expectReply(/Hi/)).toMatchObject({ processQueryKey: space?.carrierId })
})

test('a chat of two, and the top of a group until it is closed', async () => {
  await using sim = await createSimulator()
  const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
  const [chat, team] = [sim.chat(alice, bob).conversationId, sim.group('Team', [alice]).conversationId]
  const call = await showCard(sim, {
    openSpaceId: `dtv1.card//IM_SINGLE.${chat};ONE_BOX.${team}`,
    imSingleOpenSpaceModel: {},
    imSingleOpenDeliverModel: {},
    topOpenSpaceModel: { spaceType: 'ONE_BOX' },
    topOpenDeliverModel: { expiredTimeMillis: 1 },
  })
  expect(sim.cards.get('trk_1')?.spaces).toMatchObject([
    { spaceType: 'IM_SINGLE', conversationId: chat },
    { spaceType: 'ONE_BOX', conversationId: team, carrierId: '' },
  ])
  expect(sim.messages).toMatchObject([{ conversationId: chat }])
  const path = `/v1.0/card/tops/close?outTrackId=trk_1&openConversationId=${encodeURIComponent(team)}`
  expect(await call('POST', path)).toMatchObject({ status: 200, body: { success: true, result: true } })
  expect(sim.cards.get('trk_1')?.spaces).toHaveLength(1)
  expect(await call('POST', '/v1.0/card/tops/close?outTrackId=trk_1')).toMatchObject({ body: { code: 'param.empty' } })
})

test('only recipients see it, and its carrier can be recalled', async () => {
  await using sim = await createSimulator()
  const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
  const team = sim.group('Team', [alice, bob])
  const call = await showCard(sim, {
    imGroupOpenDeliverModel: { robotCode: sim.clientId, recipients: [alice.userId] },
  })
  const [message] = sim.messages
  expect(message?.recipients).toEqual([alice.userId])
  await expect(bob.click('trk_1', 'x')).rejects.toThrow('Bob does not see card trk_1')
  const processQueryKeys = [message?.processQueryKey]
  const recall = { robotCode: sim.clientId, openConversationId: team.conversationId, processQueryKeys }
  const answer = await call('POST', '/v1.0/robot/groupMessages/recall', recall)
  expect(answer).toMatchObject({ body: { successResult: processQueryKeys } })
  expect(sim.messages).toEqual([])
})

test('more models of spaces open more kinds of spaces', async () => {
  await using sim = await createSimulator()
  const call = await showCard(sim)
  const delivery = {
    outTrackId: 'trk_1',
    openSpaceId: `dtv1.card//IM_ROBOT.${sim.user('Alice').userId}`,
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: sim.clientId },
  }
  expect(await call('POST', DELIVER, delivery)).toMatchObject({
    status: 200,
    body: { result: [{ success: false, errorMsg: 'spaces of card is empty' }] },
  })
  const spaces = { outTrackId: 'trk_1', imRobotOpenSpaceModel: { supportForward: false } }
  expect(await call('PUT', '/v1.0/card/instances/spaces', spaces)).toMatchObject({ body: { result: true } })
  expect(await call('POST', DELIVER, delivery)).toMatchObject({ status: 200, body: { result: [{ success: true }] } })
})

describe('what is refused', () => {
  test.each<[string, string, string, object, string]>([
    ['creating without a template', 'POST', CREATE, { cardData: {} }, 'param.cardTemplateIdEmpty'],
    ['creating without data', 'POST', CREATE, { cardTemplateId: 'a', outTrackId: 'new' }, 'param.cardPublicDataEmpty'],
    [
      'creating twice',
      'POST',
      CREATE,
      { cardTemplateId: 'a', outTrackId: 'trk_1', cardData: {} },
      'param.cardAlreadyExist',
    ],
    ['delivering without a card', 'POST', DELIVER, {}, 'param.outTrackIdEmpty'],
    ['delivering an unknown card', 'POST', DELIVER, { outTrackId: 'x' }, 'param.cardNotExist'],
    ['delivering nowhere', 'POST', DELIVER, { outTrackId: 'trk_1' }, 'param.openSpaceIdEmpty'],
    [
      'no model of a space',
      'PUT',
      '/v1.0/card/instances/spaces',
      { outTrackId: 'trk_1' },
      'param.openSpaceModelInvalid',
    ],
    ['a callback without an address', 'POST', '/v1.0/card/callbacks/register', {}, 'param.empty'],
  ])('%s', async (_, method, path, body, code) => {
    await using sim = await createSimulator()
    const call = await showCard(sim)
    expect(await call(method, path, body)).toMatchObject({ status: 400, body: { code } })
  })

  test.each<[string, object, string]>([
    ['the top of a group without an end', { topOpenDeliverModel: {} }, 'param.spaceDeliverModelError'],
  ])('%s', async (_, more, code) => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const openSpaceId = `dtv1.card//ONE_BOX.${sim.group('Team').conversationId}`
    const answer = await call('POST', '/v1.0/card/instances/createAndDeliver', groupCard(sim, { openSpaceId, ...more }))
    expect(answer).toMatchObject({ status: 400, body: { code } })
  })

  test('no variables at all, where the switch says so', async () => {
    await using sim = await createSimulator({ switches: { emptyCardData: false } })
    const call = await caller(sim)
    const body = { cardTemplateId: 'a', outTrackId: 'new', cardData: { cardParamMap: {} } }
    expect(await call('POST', CREATE, body)).toMatchObject({ status: 400, body: { code: 'param.empty' } })
    sim.switches.emptyCardData = true
    expect(await call('POST', CREATE, body)).toMatchObject({ status: 200 })
  })

  test('templates that do not exist or are not published, once they are known', async () => {
    const templates = { 'hello.schema': { streams: ['content'] }, 'draft.schema': { published: false } }
    await using sim = await createSimulator({ templates })
    const call = await showCard(sim)
    expect(sim.cards.get('trk_1')?.status).toBe('processing')
    const create = (cardTemplateId: string) => call('POST', CREATE, { cardTemplateId, outTrackId: 't', cardData: {} })
    expect(await create('other.schema')).toMatchObject({ status: 400, body: { code: 'param.templateNotExist' } })
    expect(await create('draft.schema')).toMatchObject({ status: 400, body: { code: 'param.templateUnpublished' } })
  })
})
