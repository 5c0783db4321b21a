import { describe, expect, test } from 'vitest'
import { manualClock } from '../../clock/clock.ts'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { showCard } from '../../testing/cards.ts'
import type { UserContent } from './speech.ts'

async function quoted(sim: Simulator, content: UserContent) {
  const alice = sim.user('Alice')
  const said = await alice.send(content)
  return { said, reply: await alice.quote(said).say('and this?') }
}

test('a message is dated the same in the chat, on the wire and when it is quoted', async () => {
  let time = 1_000
  const tick = () => {
    time += 1
    return time
  }
  // A clock that never tells the same time twice.
  const clock = { ...manualClock(), now: () => tick() }
  await using sim = await createSimulator({ clock })
  const { said, reply } = await quoted(sim, { msgtype: 'text', text: 'first' })
  expect(said.message.at).toBe(said.payload.createAt)
  expect(reply.payload.text?.repliedMsg).toMatchObject({ createdAt: said.payload.createAt })
})

describe('what is quoted along', () => {
  test.each(['text', 'content'] as const)('the words of a text, in content.%s', async quoteText => {
    await using sim = await createSimulator({ switches: { quoteText } })
    const { said, reply } = await quoted(sim, { msgtype: 'text', text: 'first' })
    expect(reply.payload).toMatchObject({
      msgtype: 'text',
      originalMsgId: said.payload.msgId,
      text: {
        content: 'and this?',
        isReplyMsg: true,
        repliedMsg: {
          msgId: said.payload.msgId,
          msgType: 'text',
          senderId: said.payload.senderId,
          createdAt: said.payload.createAt,
          content: { [quoteText]: 'first' },
        },
      },
    })
  })

  test('a picture with its code, parts of a rich text in their other shape, nothing of what is hidden', async () => {
    await using sim = await createSimulator()
    const contentOf = async (content: UserContent) =>
      Object((await quoted(sim, content)).reply.payload.text?.repliedMsg).content
    expect(await contentOf({ msgtype: 'picture' })).toMatchObject({ downloadCode: expect.any(String) })
    const parts = [{ text: 'a' }, { picture: {} }, { at: { nick: 'Bob' } }]
    expect(await contentOf({ msgtype: 'richText', parts })).toEqual({
      richText: [
        { msgType: 'text', content: 'a' },
        { msgType: 'picture', downloadCode: expect.any(String) },
        { msgType: 'text', content: '@Bob' },
      ],
    })
    expect(await contentOf({ msgtype: 'unknownMsgType' })).toBeUndefined()
  })

  test.each([
    ['metadata', undefined],
    ['cardData', { cardContent: { cardData: { cardParamMap: { title: 'Hi', count: '3' } } } }],
    [
      'cardContent',
      {
        cardContent: [
          {
            elementType: 'RICHTEXT',
            children: [
              { elementType: 'UNKNOWN', value: expect.stringContaining('layout') },
              { elementType: 'UNKNOWN', value: '{}' },
              { elementType: 'TEXT', value: 'Hi' },
              { elementType: 'TEXT', value: '3' },
            ],
          },
        ],
      },
    ],
  ] as const)('of a card of the bot: %s', async (quotedCard, content) => {
    await using sim = await createSimulator({ switches: { quotedCard } })
    await showCard(sim)
    const card = await sim.expectReply(/Hi/)
    const { payload } = await sim.user('Alice').in(sim.group('Team')).quote(card).say('?')
    expect(payload.originalProcessQueryKey).toBe(sim.cards.get('trk_1')?.spaces[0]?.carrierId)
    const replied = Object(payload.text?.repliedMsg)
    expect(replied).toMatchObject({ msgType: 'interactiveCard', senderId: payload.chatbotUserId })
    expect(replied.content).toEqual(content)
  })

  test('only the id, or the old shape', async () => {
    await using sim = await createSimulator({ switches: { quoteShape: 'idOnly' } })
    const idOnly = await quoted(sim, { msgtype: 'text', text: 'first' })
    expect(idOnly.reply.payload).toMatchObject({ originalMsgId: idOnly.said.message.id })
    expect(idOnly.reply.payload.text).toEqual({ content: 'and this?' })
    sim.switches.quoteShape = 'legacy'
    const legacy = await quoted(sim, { msgtype: 'text', text: 'first' })
    expect(legacy.reply.payload.quoteMessage).toMatchObject({ msgtype: 'text', text: { content: 'first' } })
  })

  test('of a forward its title and its lines, and no records', async () => {
    await using sim = await createSimulator()
    const records = [
      { from: '张三', content: '1' },
      { from: '李四', msgType: 'picture', downloadCode: 'x' },
    ]
    const { reply } = await quoted(sim, { msgtype: 'chatRecord', title: '聊天记录', records })
    expect(Object(reply.payload.text?.repliedMsg).content).toEqual({
      title: '聊天记录',
      summary: '张三:1\n李四:[图片]',
    })
  })

  test('words that nobody can read, and the name of who said them, on wish', async () => {
    await using sim = await createSimulator({ switches: { quoteCipher: true, quoteNick: true } })
    const { reply } = await quoted(sim, { msgtype: 'text', text: '下午三点开会' })
    const replied = Object(reply.payload.text?.repliedMsg)
    expect(replied.content.text).toMatch(/^[\w+/=\n]+\n\|\|3\|\|1\|\|\d+$/)
    expect(replied.senderNick).toBe('Alice')
  })

  test('by a rich text: in its content', async () => {
    await using sim = await createSimulator()
    const alice = sim.user('Alice')
    const { payload } = await alice.quote(await alice.say('a')).send({ msgtype: 'richText', parts: [{ text: 'b' }] })
    expect(payload.content).toMatchObject({ richText: [{ text: 'b' }], isReplyMsg: true })
  })
})
