import * as cardSdk from '@alicloud/dingtalk/dist/card_1_0/client.js'
import * as robotSdk from '@alicloud/dingtalk/dist/robot_1_0/client.js'
import { expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'
import { configOf, inner, runtime, tokenOf } from '../testing/official-sdk.ts'

// The referee of the HTTP half: the clients that DingTalk generates from its own API definitions.

const CardClient = inner(cardSdk.default)
const RobotClient = inner(robotSdk.default)

test('robot_1_0 sends, asks who has read it, and recalls', async () => {
  await using sim = await createSimulator()
  const client = new RobotClient(configOf(sim))
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const alice = sim.user('Alice')
  const message = { robotCode: sim.clientId, msgKey: 'sampleText', msgParam: '{"content":"hi"}' }

  const sent = await client.batchSendOTOWithOptions(
    new robotSdk.BatchSendOTORequest({ ...message, userIds: [alice.userId, 'nobody'] }),
    new robotSdk.BatchSendOTOHeaders(token),
    runtime,
  )
  expect(sent.body).toMatchObject({ invalidStaffIdList: ['nobody'], flowControlledStaffIdList: [] })
  alice.read(await sim.expectReply('hi'))

  const processQueryKey = sent.body?.processQueryKey ?? ''
  const read = await client.batchOTOQueryWithOptions(
    new robotSdk.BatchOTOQueryRequest({ robotCode: sim.clientId, processQueryKey }),
    new robotSdk.BatchOTOQueryHeaders(token),
    runtime,
  )
  expect(read.body).toMatchObject({
    sendStatus: 'SUCESS',
    messageReadInfoList: [{ userId: alice.userId, readStatus: 'READ' }],
  })
  const recalled = await client.batchRecallOTOWithOptions(
    new robotSdk.BatchRecallOTORequest({ robotCode: sim.clientId, processQueryKeys: [processQueryKey, 'x'] }),
    new robotSdk.BatchRecallOTOHeaders(token),
    runtime,
  )
  expect(recalled.body).toMatchObject({ successResult: [processQueryKey], failedResult: { x: expect.any(String) } })
  expect(sim.messages).toEqual([])
})

test('robot_1_0 speaks in a group and takes it back; a wrong call throws with the code of the platform', async () => {
  await using sim = await createSimulator()
  const client = new RobotClient(configOf(sim))
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const { conversationId: openConversationId } = sim.group('Team')
  const { clientId: robotCode } = sim
  const headers = new robotSdk.OrgGroupSendHeaders(token)
  const send = (msgKey: string) => {
    const msgParam = '{"title":"t","text":"# hi"}'
    const request = new robotSdk.OrgGroupSendRequest({ robotCode, openConversationId, msgKey, msgParam })
    return client.orgGroupSendWithOptions(request, headers, runtime)
  }
  const { body } = await send('sampleMarkdown')
  expect(await sim.expectReply('# hi')).toMatchObject({ processQueryKey: body?.processQueryKey })
  await expect(send('sampleNothing')).rejects.toMatchObject({ code: 'invalidParameter.msgKey.invalid' })
  const recalled = await client.orgGroupRecallWithOptions(
    new robotSdk.OrgGroupRecallRequest({
      robotCode,
      openConversationId,
      processQueryKeys: [body?.processQueryKey ?? ''],
    }),
    new robotSdk.OrgGroupRecallHeaders(token),
    runtime,
  )
  expect(recalled.body?.successResult).toEqual([body?.processQueryKey])
})

test('card_1_0 creates, delivers, updates and streams', async () => {
  await using sim = await createSimulator()
  const client = new CardClient(configOf(sim))
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const openSpaceId = `dtv1.card//IM_GROUP.${sim.group('Team').conversationId}`
  const card = {
    cardTemplateId: 'hello.schema',
    outTrackId: 'trk_1',
    callbackType: 'STREAM',
    cardData: new cardSdk.CreateCardRequestCardData({ cardParamMap: { title: 'Hi' } }),
    imGroupOpenSpaceModel: new cardSdk.CreateCardRequestImGroupOpenSpaceModel({ supportForward: true }),
  }
  const created = await client.createCardWithOptions(
    new cardSdk.CreateCardRequest(card),
    new cardSdk.CreateCardHeaders(token),
    runtime,
  )
  expect(created.body).toMatchObject({ success: true, result: 'trk_1' })

  const model = new cardSdk.DeliverCardRequestImGroupOpenDeliverModel({ robotCode: sim.clientId })
  const delivered = await client.deliverCardWithOptions(
    new cardSdk.DeliverCardRequest({ outTrackId: 'trk_1', openSpaceId, imGroupOpenDeliverModel: model }),
    new cardSdk.DeliverCardHeaders(token),
    runtime,
  )
  expect(delivered.body?.result).toMatchObject([{ success: true, carrierId: sim.messages[0]?.processQueryKey }])

  const updated = await client.updateCardWithOptions(
    new cardSdk.UpdateCardRequest({
      outTrackId: 'trk_1',
      cardData: new cardSdk.UpdateCardRequestCardData({ cardParamMap: { status: 'done' } }),
      cardUpdateOptions: new cardSdk.UpdateCardRequestCardUpdateOptions({ updateCardDataByKey: true }),
    }),
    new cardSdk.UpdateCardHeaders(token),
    runtime,
  )
  expect(updated.body).toMatchObject({ success: true, result: true })

  const chunk = { outTrackId: 'trk_1', guid: 'g1', key: 'content', content: 'end', isFull: true, isFinalize: true }
  const streamed = await client.streamingUpdateWithOptions(
    new cardSdk.StreamingUpdateRequest(chunk),
    new cardSdk.StreamingUpdateHeaders(token),
    runtime,
  )
  expect(streamed.body).toMatchObject({ success: true })
  expect(sim.cards.get('trk_1')).toMatchObject({
    status: 'finished',
    variables: { title: 'Hi', status: 'done', content: 'end' },
  })
})

test('card_1_0 creates and delivers at once, and to nobody', async () => {
  await using sim = await createSimulator()
  const client = new CardClient(configOf(sim))
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const answer = await client.createAndDeliverWithOptions(
    new cardSdk.CreateAndDeliverRequest({
      cardTemplateId: 'hello.schema',
      outTrackId: 'trk_2',
      cardData: new cardSdk.CreateAndDeliverRequestCardData({ cardParamMap: { title: 'Hi' } }),
      openSpaceId: `dtv1.card//IM_ROBOT.${sim.user('Alice').userId};IM_ROBOT.nobody`,
      imRobotOpenSpaceModel: new cardSdk.CreateAndDeliverRequestImRobotOpenSpaceModel({ supportForward: true }),
      imRobotOpenDeliverModel: new cardSdk.CreateAndDeliverRequestImRobotOpenDeliverModel({ spaceType: 'IM_ROBOT' }),
    }),
    new cardSdk.CreateAndDeliverHeaders(token),
    runtime,
  )
  expect(answer.body?.result?.deliverResults).toMatchObject([
    { success: true },
    { success: false, errorMsg: 'spaceId is illegal' },
  ])
  expect(await sim.expectReply('Hi')).toMatchObject({ content: { kind: 'card', outTrackId: 'trk_2' } })
})

test('an expired token and a missing permission reach the caller as what they are', async () => {
  await using sim = await createSimulator()
  const client = new RobotClient(configOf(sim))
  const headers = new robotSdk.OrgGroupSendHeaders({ xAcsDingtalkAccessToken: await tokenOf(sim) })
  const { clientId: robotCode } = sim
  const ask = () => client.orgGroupSendWithOptions(new robotSdk.OrgGroupSendRequest({ robotCode }), headers, runtime)
  sim.permissions.revoke('qyapi_robot_sendmsg')
  await expect(ask()).rejects.toMatchObject({
    statusCode: 403,
    code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    accessDeniedDetail: { requiredScopes: ['qyapi_robot_sendmsg'] },
  })
  sim.clock.advance(7_200_000)
  await expect(ask()).rejects.toMatchObject({ statusCode: 400, code: 'InvalidAuthentication' })
})
