import { expect, test } from 'vitest'
import { manualClock } from '../../clock/clock.ts'
import { createSimulator } from '../../simulator.ts'
import { connect } from '../../testing/client.ts'

test('a private text message has the fields of the platform', async () => {
  const clock = manualClock(1_789_900_010_500)
  await using sim = await createSimulator({ clock })
  const client = await connect(sim)
  const alice = sim.user('Alice')
  const said = await alice.say('hi')
  const frame = await client.next('/v1.0/im/bot/messages/get')
  expect(frame).toMatchObject({ type: 'CALLBACK', headers: { time: '1789900010500' } })
  const data: unknown = JSON.parse(frame.data)
  expect(data).toEqual({
    senderPlatform: 'Mac',
    conversationId: expect.stringMatching(/^cid/),
    chatbotCorpId: 'dingsimulator00000001',
    chatbotUserId: expect.stringMatching(/^\$:LWCP_v1:\$/),
    openThreadId: said.message.conversationId,
    msgId: expect.stringMatching(/^msg.+==$/),
    senderNick: 'Alice',
    isAdmin: false,
    senderStaffId: alice.userId,
    senderUnionId: alice.unionId,
    sessionWebhookExpiredTime: 1_789_900_010_500 + 5_400_000,
    createAt: 1_789_900_010_500,
    senderCorpId: 'dingsimulator00000001',
    conversationType: '1',
    senderId: alice.dingtalkId,
    sessionWebhook: expect.stringMatching(`^${sim.url}/robot/sendBySession\\?session=[0-9a-f]{32}$`),
    robotCode: sim.clientId,
    msgtype: 'text',
    text: { content: 'hi' },
  })
  expect(data).toEqual(said.payload)
})

test('a group message @s the bot, whose token leaves a space', async () => {
  await using sim = await createSimulator()
  const team = sim.group('Team')
  const { payload } = await sim.user('Alice').in(team).say('/deploy')
  expect(payload).toMatchObject({
    conversationType: '2',
    conversationId: team.conversationId,
    conversationTitle: 'Team',
    isInAtList: true,
    atUsers: [{ dingtalkId: payload.chatbotUserId }],
    text: { content: ' /deploy' },
  })
})

test('two messages share nothing but the people', async () => {
  await using sim = await createSimulator()
  const alice = sim.user('Alice')
  const [one, other] = [(await alice.say('a')).payload, (await alice.say('b')).payload]
  expect(one.msgId).not.toBe(other.msgId)
  expect(one.sessionWebhook).not.toBe(other.sessionWebhook)
  expect(one.conversationId).toBe(other.conversationId)
})
