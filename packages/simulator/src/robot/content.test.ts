import { describe, expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'
import { connect } from '../testing/client.ts'
import type { UserContent } from './speech.ts'

const topic = '/v1.0/im/bot/messages/get'
const code = expect.any(String)

describe('every kind of message', () => {
  test.each<[UserContent, object]>([
    [{ msgtype: 'text', text: 'hi' }, { text: { content: 'hi' } }],
    [{ msgtype: 'picture' }, { content: { downloadCode: code, pictureDownloadCode: code } }],
    [
      { msgtype: 'richText', parts: [{ text: 'a' }, { picture: {} }, { at: { nick: 'Bob', userId: 'u' } }] },
      {
        content: {
          richText: [
            { text: 'a' },
            { type: 'picture', downloadCode: code, pictureDownloadCode: code },
            { type: 'at', atName: 'Bob', atUserId: 'u' },
          ],
        },
      },
    ],
    [
      { msgtype: 'audio', recognition: '你好', duration: 4_200 },
      { content: { recognition: '你好', duration: 4_200, downloadCode: code } },
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
      { msgtype: 'interactiveCard', texts: ['@Bot', 'hi'] },
      {
        content: {
          cardContent: [
            {
              elementType: 'CONTAINER',
              children: [
                { elementType: 'TEXT', value: '@Bot' },
                { elementType: 'TEXT', value: 'hi' },
              ],
            },
          ],
        },
      },
    ],
    [
      { msgtype: 'chatRecord', title: 't', summary: 's', records: [{ msgType: 'text' }] },
      { content: { title: 't', summary: 's', chatRecord: '[{"msgType":"text"}]' } },
    ],
    [{ msgtype: 'unknownMsgType' }, { content: { unknownMsgType: code } }],
    [{ msgtype: 'hologram', content: { depth: 3 } }, { content: { depth: 3 } }],
  ])('%j', async (content, body) => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    await sim.user('Alice').send(content)
    const data = JSON.parse((await client.next(topic)).data)
    expect(data).toMatchObject({ msgtype: content.msgtype, conversationType: '1' })
    const { text, content: carried } = data
    expect({ ...(text && { text }), ...(carried && { content: carried }) }).toEqual(body)
  })

  test('content is a JSON text when the switch says so', async () => {
    await using sim = await createSimulator({ switches: { content: 'string' } })
    const { payload } = await sim.user('Alice').send({ msgtype: 'markdown', title: 't', text: 'x' })
    expect(payload.content).toBe('{"title":"t","text":"x"}')
  })
})

describe('in a group', () => {
  test('others are mentioned by name in the text and by id in the list', async () => {
    await using sim = await createSimulator()
    const bob = sim.user('Bob')
    const { payload } = await sim
      .user('Alice')
      .in(sim.group('Team'))
      .say('meet', { at: [bob] })
    expect(payload).toMatchObject({
      isInAtList: true,
      atUsers: [{ dingtalkId: payload.chatbotUserId }, { dingtalkId: bob.dingtalkId, staffId: bob.userId }],
      text: { content: ' @Bob meet' },
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
    expect([quiet.delivery.delivered, picture.delivery.delivered]).toEqual([false, false])
    expect(sim.messages).toHaveLength(3)
    await expect(voice.send({ msgtype: 'file' }, { atBot: true })).rejects.toThrow('nobody can @ a bot')
  })
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
