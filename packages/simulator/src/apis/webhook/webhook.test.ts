import { describe, expect, test } from 'vitest'
import { manualClock } from '../../clock/clock.ts'
import { createSimulator } from '../../simulator.ts'
import { post } from '../../testing/client.ts'

const button = { title: 'Go', actionURL: 'https://example.com' }
const link = { title: 't', text: 'x', messageUrl: 'https://example.com' }
const feed = { title: 't', messageURL: 'https://example.com', picURL: 'https://example.com/p.png' }

describe('what a bot may say', () => {
  test.each<[string, object, unknown]>([
    ['text', { msgtype: 'text', text: { content: 'hi' } }, { kind: 'text', text: 'hi' }],
    [
      'text with an @',
      { msgtype: 'text', text: { content: 'hi @u1' }, at: { atUserIds: ['u1'], isAtAll: false } },
      { kind: 'text', text: 'hi @u1' },
    ],
    [
      'text to somebody without userId, as the official Python client',
      { msgtype: 'text', text: { content: 'hi' }, at: { atUserIds: [null] } },
      { kind: 'text', text: 'hi' },
    ],
    ['text with null for the @', { msgtype: 'text', text: { content: 'hi' }, at: null }, { kind: 'text', text: 'hi' }],
    [
      'markdown',
      { msgtype: 'markdown', markdown: { title: 'T', text: '# hi' } },
      { kind: 'markdown', title: 'T', text: '# hi' },
    ],
    ['link', { msgtype: 'link', link }, { kind: 'other', msgtype: 'link', body: { msgtype: 'link', link } }],
    [
      'action card with one button',
      { msgtype: 'actionCard', actionCard: { title: 't', text: 'x', singleTitle: 'Go', singleURL: 'https://e.com' } },
      expect.objectContaining({ kind: 'other', msgtype: 'actionCard' }),
    ],
    [
      'action card with buttons',
      { msgtype: 'actionCard', actionCard: { title: 't', text: 'x', btnOrientation: '1', btns: [button] } },
      expect.objectContaining({ kind: 'other', msgtype: 'actionCard' }),
    ],
    [
      'feed card',
      { msgtype: 'feedCard', feedCard: { links: [feed] } },
      expect.objectContaining({ kind: 'other', msgtype: 'feedCard' }),
    ],
  ])('%s', async (_, body, content) => {
    await using sim = await createSimulator()
    const said = await sim.user('Alice').say('hi')
    expect(await post(said.payload.sessionWebhook, body)).toEqual({ status: 200, body: { errcode: 0, errmsg: 'ok' } })
    const { conversationId } = said.message
    expect(await said.reply()).toMatchObject({ conversationId, from: { kind: 'bot', nick: 'Bot' }, content, body })
  })

  test('empty: nothing to be seen', async () => {
    await using sim = await createSimulator()
    const { payload } = await sim.user('Alice').say('hi')
    expect(await post(payload.sessionWebhook, { msgtype: 'empty' })).toMatchObject({ body: { errcode: 0 } })
    expect(sim.messages).toHaveLength(1)
  })
})

describe('what it may not: HTTP 200, and an errcode', () => {
  test.each<[string, unknown, number]>([
    ['no JSON', '{"msgtype":', 40035],
    ['no object', '"text"', 40035],
    ['no msgtype', {}, 40035],
    ['no text', { msgtype: 'text' }, 400201],
    ['empty text', { msgtype: 'text', text: { content: '' } }, 400202],
    ['text that is a number', { msgtype: 'text', text: { content: 1 } }, 400202],
    ['markdown without a title', { msgtype: 'markdown', markdown: { text: 'x' } }, 400402],
    ['link without an address', { msgtype: 'link', link: { title: 't', text: 'x' } }, 400304],
    ['action card without a button', { msgtype: 'actionCard', actionCard: { title: 't', text: 'x' } }, 400504],
    ['feed card without links', { msgtype: 'feedCard', feedCard: { links: [] } }, 400602],
    ['at that is no list', { msgtype: 'text', text: { content: 'x' }, at: { atUserIds: 'u1' } }, 40035],
    ['voice', { msgtype: 'voice', voice: { mediaId: '@x', duration: '1' } }, 400105],
    ['20,001 bytes', { msgtype: 'text', text: { content: '钉'.repeat(6_700) } }, 460101],
  ])('%s', async (_, body, errcode) => {
    await using sim = await createSimulator()
    const { payload } = await sim.user('Alice').say('hi')
    const answer = await post(payload.sessionWebhook, body)
    expect(answer).toEqual({ status: 200, body: { errcode, errmsg: expect.any(String) } })
    expect(sim.messages).toHaveLength(1)
  })

  test('another content type', async () => {
    await using sim = await createSimulator()
    const { payload } = await sim.user('Alice').say('hi')
    const text = JSON.stringify({ msgtype: 'text', text: { content: 'x' } })
    expect(await post(payload.sessionWebhook, text, { 'content-type': 'text/plain' })).toMatchObject({
      body: { errcode: 43004 },
    })
  })

  test('an unknown session, and none', async () => {
    await using sim = await createSimulator()
    const body = { msgtype: 'text', text: { content: 'x' } }
    for (const query of ['?session=made-up', '']) {
      const answer = await post(`${sim.url}/robot/sendBySession${query}`, body)
      expect(answer).toEqual({ status: 200, body: { errcode: 300001, errmsg: 'session 不存在' } })
    }
  })
})

test('a session lives for 90 minutes and takes many messages', async () => {
  const clock = manualClock()
  await using sim = await createSimulator({ clock })
  const { payload } = await sim.user('Alice').say('hi')
  const send = async () => Object((await post(payload.sessionWebhook, { msgtype: 'empty' })).body).errcode
  expect(await send()).toBe(0)
  expect(await send()).toBe(0)
  clock.advance(5_399_999)
  expect(await send()).toBe(0)
  clock.advance(1)
  expect(await send()).toBe(300001)
})
