import * as aiSdk from '@alicloud/dingtalk/dist/ai_interaction_1_0/client.js'
import * as contactSdk from '@alicloud/dingtalk/dist/contact_1_0/client.js'
import * as imSdk from '@alicloud/dingtalk/dist/im_1_0/client.js'
import * as microAppSdk from '@alicloud/dingtalk/dist/micro_app_1_0/client.js'
import * as robotSdk from '@alicloud/dingtalk/dist/robot_1_0/client.js'
import { expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'
import { configOf, inner, runtime, tokenOf } from '../testing/official-sdk.ts'

// Further calls of the generated clients: what their models read from an answer is what the platform sends.

const ImClient = inner(imSdk.default)
const AiClient = inner(aiSdk.default)
const RobotClient = inner(robotSdk.default)
const MicroAppClient = inner(microAppSdk.default)
const ContactClient = inner(contactSdk.default)

test('im_1_0 sends an advanced card, changes it, and makes one for later', async () => {
  await using sim = await createSimulator()
  const client = new ImClient(configOf(sim))
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const sent = await client.sendInteractiveCardWithOptions(
    new imSdk.SendInteractiveCardRequest({
      cardTemplateId: 't',
      outTrackId: 'o1',
      conversationType: 1,
      openConversationId: sim.group('Team').conversationId,
      robotCode: sim.clientId,
      cardData: new imSdk.SendInteractiveCardRequestCardData({ cardParamMap: { a: '1', b: '2' } }),
    }),
    new imSdk.SendInteractiveCardHeaders(token),
    runtime,
  )
  expect(sent.body?.success).toBe(true)
  expect(sent.body?.result?.processQueryKey).toBe(sim.messages[0]?.processQueryKey)
  const updated = await client.updateInteractiveCardWithOptions(
    new imSdk.UpdateInteractiveCardRequest({
      outTrackId: 'o1',
      cardData: new imSdk.UpdateInteractiveCardRequestCardData({ cardParamMap: { b: '3' } }),
      cardOptions: new imSdk.UpdateInteractiveCardRequestCardOptions({ updateCardDataByKey: true }),
    }),
    new imSdk.UpdateInteractiveCardHeaders(token),
    runtime,
  )
  expect(updated.body?.success).toBe('true')
  expect(sim.messages).toMatchObject([{ content: { body: { a: '1', b: '3' } } }])
  const made = await client.interactiveCardCreateInstanceWithOptions(
    new imSdk.InteractiveCardCreateInstanceRequest({
      cardTemplateId: 't',
      outTrackId: 'o2',
      cardData: new imSdk.InteractiveCardCreateInstanceRequestCardData({ cardParamMap: { a: '1' } }),
    }),
    new imSdk.InteractiveCardCreateInstanceHeaders(token),
    runtime,
  )
  expect(made.body?.processQueryKey).toEqual(expect.any(String))
  expect(sim.messages).toHaveLength(1)
})

test('im_1_0 sends an ordinary card, and changes it', async () => {
  await using sim = await createSimulator()
  const client = new ImClient(configOf(sim))
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const card = { cardBizId: 'b1', cardData: '{"contents":[]}' }
  const sent = await client.sendRobotInteractiveCardWithOptions(
    new imSdk.SendRobotInteractiveCardRequest({
      ...card,
      cardTemplateId: 'StandardCard',
      robotCode: sim.clientId,
      openConversationId: sim.group('Team').conversationId,
    }),
    new imSdk.SendRobotInteractiveCardHeaders(token),
    runtime,
  )
  expect(sent.body?.processQueryKey).toBe(sim.messages[0]?.processQueryKey)
  const updated = await client.updateRobotInteractiveCardWithOptions(
    new imSdk.UpdateRobotInteractiveCardRequest({ ...card, cardData: '{"contents":[1]}' }),
    new imSdk.UpdateRobotInteractiveCardHeaders(token),
    runtime,
  )
  expect(updated.body?.processQueryKey).toBe('b1')
})

test('ai_interaction_1_0 prepares, replies, updates, finishes and sends', async () => {
  await using sim = await createSimulator()
  const client = new AiClient(configOf(sim))
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const content = { contentType: 'ai_card', content: '{"templateId":"t","cardData":{}}' }
  const { unionId } = sim.user('Alice')
  const prepared = await client.prepareWithOptions(
    new aiSdk.PrepareRequest({ ...content, unionId }),
    new aiSdk.PrepareHeaders(token),
    runtime,
  )
  const conversationToken = prepared.body?.result?.conversationToken
  expect(conversationToken).toEqual(expect.any(String))
  const talk = { ...content, conversationToken }
  const replied = await client.replyWithOptions(new aiSdk.ReplyRequest(talk), new aiSdk.ReplyHeaders(token), runtime)
  expect(replied.body?.result?.success).toBe(true)
  const updated = await client.updateWithOptions(new aiSdk.UpdateRequest(talk), new aiSdk.UpdateHeaders(token), runtime)
  expect(updated.body?.result?.success).toBe(true)
  const finished = await client.finishWithOptions(
    new aiSdk.FinishRequest({ conversationToken }),
    new aiSdk.FinishHeaders(token),
    runtime,
  )
  expect(finished.body?.result?.success).toBe(true)
  const request = new aiSdk.SendRequest({ ...content, unionId })
  const sent = await client.sendWithOptions(request, new aiSdk.SendHeaders(token), runtime)
  expect(sent.body?.success).toBe(true)
})

test('robot_1_0 asks for the bots of a group in a body, and recalls by the older API', async () => {
  await using sim = await createSimulator()
  const client = new RobotClient(configOf(sim))
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const { conversationId: openConversationId } = sim.group('Team')
  const bots = await client.getBotListInGroupWithOptions(
    new robotSdk.GetBotListInGroupRequest({ openConversationId }),
    new robotSdk.GetBotListInGroupHeaders(token),
    runtime,
  )
  expect(bots.body?.chatbotInstanceVOList).toMatchObject([{ robotCode: sim.clientId, name: 'Bot' }])
  const sent = await client.orgGroupSendWithOptions(
    new robotSdk.OrgGroupSendRequest({
      robotCode: sim.clientId,
      openConversationId,
      msgKey: 'sampleMarkdown',
      msgParam: '{"text":"no title"}',
    }),
    new robotSdk.OrgGroupSendHeaders(token),
    runtime,
  )
  const processQueryKeys = [sent.body?.processQueryKey ?? '']
  const recalled = await client.batchRecallGroupWithOptions(
    new robotSdk.BatchRecallGroupRequest({ chatbotId: sim.clientId, openConversationId, processQueryKeys }),
    new robotSdk.BatchRecallGroupHeaders(token),
    runtime,
  )
  expect(recalled.body?.successResult).toEqual(processQueryKeys)
})

test('robot_1_0 sets and clears entrances, DINGs, and downloads what was sent', async () => {
  await using sim = await createSimulator()
  const client = new RobotClient(configOf(sim))
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const { clientId: robotCode } = sim
  const set = await client.setRobotPluginWithOptions(
    new robotSdk.SetRobotPluginRequest({
      robotCode,
      pluginInfoList: [new robotSdk.SetRobotPluginRequestPluginInfoList({ name: 'Help', icon: '@i' })],
    }),
    new robotSdk.SetRobotPluginHeaders(token),
    runtime,
  )
  expect(set.body?.result).toBe(true)
  const asked = await client.queryRobotPluginWithOptions(
    new robotSdk.QueryRobotPluginRequest({ robotCode }),
    new robotSdk.QueryRobotPluginHeaders(token),
    runtime,
  )
  expect(asked.body?.pluginInfoList).toMatchObject([{ name: 'Help' }])
  const ding = await client.robotSendDingWithOptions(
    new robotSdk.RobotSendDingRequest({
      robotCode,
      remindType: 1,
      content: 'up!',
      receiverUserIdList: [sim.user('Alice').userId],
    }),
    new robotSdk.RobotSendDingHeaders(token),
    runtime,
  )
  const recalled = await client.robotRecallDingWithOptions(
    new robotSdk.RobotRecallDingRequest({ robotCode, openDingId: ding.body?.openDingId }),
    new robotSdk.RobotRecallDingHeaders(token),
    runtime,
  )
  expect(recalled.body?.openDingId).toBe(ding.body?.openDingId)
  const { payload } = await sim.user('Alice').send({ msgtype: 'picture', file: { name: 'a.png', bytes: 'PNG' } })
  const downloaded = await client.robotMessageFileDownloadWithOptions(
    new robotSdk.RobotMessageFileDownloadRequest({ robotCode, downloadCode: Object(payload.content).downloadCode }),
    new robotSdk.RobotMessageFileDownloadHeaders(token),
    runtime,
  )
  expect(await (await fetch(downloaded.body?.downloadUrl ?? '')).text()).toBe('PNG')
})

test('micro_app_1_0 and contact_1_0 tell what there is, and who', async () => {
  await using sim = await createSimulator()
  const token = { xAcsDingtalkAccessToken: await tokenOf(sim) }
  const apps = await new MicroAppClient(configOf(sim)).listAllInnerAppsWithOptions(
    new microAppSdk.ListAllInnerAppsHeaders(token),
    runtime,
  )
  expect(apps.body?.appList).toMatchObject([{ name: 'Bot', agentId: expect.any(Number) }])
  const { unionId } = sim.user('Alice')
  const who = await new ContactClient(configOf(sim)).getUserWithOptions(
    unionId,
    new contactSdk.GetUserHeaders(token),
    runtime,
  )
  expect(who.body).toMatchObject({ nick: 'Alice', unionId })
})
