import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../simulator.ts'
import { connect } from '../../testing/client.ts'
import type { UserContent } from './speech.ts'

const topic = '/v1.0/im/bot/messages/get'
const code = expect.any(String)

describe('every kind of message', () => {
  test.each<[UserContent, object]>([
    [{ msgtype: 'text', text: 'hi' }, { text: { content: 'hi' } }],
    [{ msgtype: 'picture' }, { content: { downloadCode: code, pictureDownloadCode: code } }],
    [
      { msgtype: 'richText', parts: [{ text: 'a' }, { picture: {} }, { at: { nick: 'Bob' } }] },
      { content: { richText: [{ text: 'a' }, { type: 'picture', downloadCode: code }, { text: '@Bob' }] } },
    ],
    [
      { msgtype: 'audio', recognition: '你好', duration: 4_200 },
      { content: { recognition: '你好', downloadCode: code } },
    ],
    [{ msgtype: 'video', duration: '13' }, { content: { duration: '13', videoType: 'mp4', downloadCode: code } }],
    [
      { msgtype: 'file', file: { name: 'a.pdf' } },
      { content: { fileName: 'a.pdf', downloadCode: code, spaceId: code, fileId: code } },
    ],
    [{ msgtype: 'markdown', title: 't', text: '# x' }, { content: { title: 't', text: '# x' } }],
    [
      { msgtype: 'actionCard', title: 't', text: 'x', urls: ['https://a.com'] },
      { content: { title: 't', text: 'x', actionUrlItemList: [{ actionUrl: 'https://a.com' }] } },
    ],
    [{ msgtype: 'interactiveCard', url: 'dingtalk://x' }, { content: { biz_custom_action_url: 'dingtalk://x' } }],
    [
      { msgtype: 'interactiveCard', elements: ['hi', { link: 'https://e.x' }, { picture: {} }] },
      {
        content: {
          cardContent: [
            {
              elementType: 'RICHTEXT',
              children: [
                { elementType: 'TEXT', value: 'hi' },
                { elementType: 'LINK', value: 'https://e.x' },
                { elementType: 'IMAGE', downloadCode: code },
              ],
            },
          ],
        },
      },
    ],
    [
      { msgtype: 'chatRecord', title: 't', records: [{ msgType: 'unknownMsgType' }] },
      { content: { title: 't', summary: '[]', chatRecord: '[{"msgType":"unknownMsgType"}]' } },
    ],
    [{ msgtype: 'unknownMsgType' }, { content: { unknownMsgType: code } }],
    [{ msgtype: 'hologram', content: { depth: 3 } }, { content: { depth: 3 } }],
  ])('%j', async (content, body) => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    await sim.user('Alice').send(content)
    const data = JSON.parse((await client.next(topic)).data)
    expect(data).toMatchObject({ msgtype: content.msgtype, conversationType: '1' })
    const { text, content: wire } = data
    expect({ ...(text && { text }), ...(wire && { content: wire }) }).toEqual(body)
  })

  test('content is a JSON text when the switch says so', async () => {
    await using sim = await createSimulator({ switches: { content: 'string' } })
    const { payload } = await sim.user('Alice').send({ msgtype: 'markdown', title: 't', text: 'x' })
    expect(payload.content).toBe('{"title":"t","text":"x"}')
  })
})

describe('in a group', () => {
  test('others are mentioned in the list, before the bot, and not in the text', async () => {
    await using sim = await createSimulator()
    const bob = sim.user('Bob')
    const { payload } = await sim
      .user('Alice')
      .in(sim.group('Team'))
      .say('meet', { at: [bob] })
    expect(payload).toMatchObject({
      isInAtList: true,
      atUsers: [
        { unionId: bob.unionId, dingtalkId: bob.dingtalkId, staffId: bob.userId },
        { dingtalkId: payload.chatbotUserId },
      ],
      text: { content: ' meet' },
    })
  })

  test('without an @ the bot hears nothing', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    const voice = sim.user('Alice').in(sim.group('Team'))
    const quiet = await voice.say('among us', { atBot: false })
    const picture = await voice.send({ msgtype: 'picture' })
    await voice.say('to you')
    expect(JSON.parse((await client.next(topic)).data).text.content).toBe(' to you')
    expect(quiet.delivery.delivered).toBe(false)
    expect(picture.delivery.delivered).toBe(false)
    expect(sim.messages).toHaveLength(3)
    await expect(voice.send({ msgtype: 'file' }, { atBot: true })).rejects.toThrow('nobody can @ a bot')
  })
})

test('an outsider has an empty staff id where the switch says so; unionIds come or not', async () => {
  await using sim = await createSimulator({ switches: { outsiderStaffId: 'empty', unionIds: false } })
  const eve = sim.user('Eve')
  const { payload } = await eve.in(sim.group('Team')).say('hi', { outsider: true, at: [sim.user('Bob')] })
  expect(payload.senderStaffId).toBe('')
  expect(payload).not.toHaveProperty('senderUnionId')
  expect(payload.atUsers?.[0]).not.toHaveProperty('unionId')
})

test('an outsider has no staff id, and fields of one’s own go over all others', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim)
  await sim.user('Eve').say('hi', { outsider: true, fields: { senderPlatform: 'iOS', isAdmin: undefined } })
  const data = JSON.parse((await client.next(topic)).data)
  expect(data).toMatchObject({ senderNick: 'Eve', senderPlatform: 'iOS' })
  for (const field of ['senderStaffId', 'senderCorpId', 'isAdmin']) expect(data).not.toHaveProperty(field)
})

test('what is meant for the person whom the bot stands in for goes to another topic', async () => {
  await using sim = await createSimulator()
  const delegate = '/v1.0/im/bot/messages/delegate'
  const client = await connect(sim, { subscriptions: [{ type: 'CALLBACK', topic: delegate }] })
  const boss = sim.user('李工')
  await sim.user('Alice').say('hi', { onBehalfOf: boss })
  const data = JSON.parse((await client.next(delegate)).data)
  expect(data).toMatchObject({
    hostingContext: { userId: boss.userId, nick: '李工' },
    conversationMsgContext: [{ readStatus: '1', senderUserId: sim.user('Alice').userId }],
  })
})

describe('a voice message', () => {
  const voice = { msgtype: 'audio', recognition: '你好', duration: 4_200 } as const

  test.each([
    [{ voiceMsgtype: 'voice' }, { msgtype: 'voice', content: { recognition: '你好', downloadCode: code } }],
    [{ voiceBody: 'noCode' }, { msgtype: 'audio', content: { recognition: '你好' } }],
    [{ voiceBody: 'beside' }, { msgtype: 'audio', content: { downloadCode: code }, recognition: '你好' }],
    [{ voiceDuration: 'millis', voiceBody: 'noCode' }, { content: { recognition: '你好', duration: 4_200 } }],
    [{ voiceDuration: 'seconds', voiceBody: 'noCode' }, { content: { recognition: '你好', duration: 4 } }],
    [{ voiceDuration: 'text', voiceBody: 'noCode' }, { content: { recognition: '你好', duration: '4' } }],
  ] as const)('%j', async (switches, body) => {
    await using sim = await createSimulator({ switches })
    const { payload } = await sim.user('Alice').send(voice)
    expect(payload).toMatchObject(body)
    expect(payload.content).toEqual(body.content)
  })
})

describe('a chat that is passed on', () => {
  const records = [
    { from: '张三', content: '1' },
    { from: '李四', msgType: 'picture', downloadCode: 'x' },
  ]

  test('names people in its summary alone, by position', async () => {
    await using sim = await createSimulator()
    const { payload } = await sim.user('Alice').send({ msgtype: 'chatRecord', records })
    const { summary, chatRecord } = Object(payload.content)
    expect(payload.isForwardMsg).toBe('1')
    expect(JSON.parse(summary)).toEqual(['张三:1', '李四:[图片]'])
    expect(JSON.parse(chatRecord)).toEqual([
      { senderId: sim.user('张三').dingtalkId, msgType: 'text', content: '1' },
      { senderId: sim.user('李四').dingtalkId, msgType: 'picture', downloadCode: 'x' },
    ])
  })

  test('has no mark where the switch says so', async () => {
    await using sim = await createSimulator({ switches: { forwardMark: false } })
    const { payload } = await sim.user('Alice').send({ msgtype: 'chatRecord', summary: ['晴:你好'] })
    expect(payload).not.toHaveProperty('isForwardMsg')
    expect(payload.content).toEqual({ summary: '["晴:你好"]', chatRecord: '[]' })
  })
})
