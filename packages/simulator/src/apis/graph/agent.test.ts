import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { connect, post } from '../../testing/client.ts'

const topic = '/v1.0/graph/api/invoke'
const card = { contentType: 'ai_card', content: { templateId: 't.schema', cardData: { content: '- 晴', degrees: 22 } } }

/** Calls the bot's ability; the body that it gets. */
async function bodyOf(sim: Simulator, request: object = {}): Promise<{ readonly sessionWebhook: string }> {
  const client = await connect(sim, { subscriptions: [{ type: 'CALLBACK', topic }] })
  void sim.graph({ uri: '/v1.0/weather/get', body: { location: '杭州' }, ...request })
  const frame = await client.next(topic)
  client.ack(frame, { response: { statusLine: { code: 200 }, body: '{}' } })
  client.socket.close()
  return JSON.parse(JSON.parse(frame.data).body)
}

test('a graph call brings the webhook of its chat, and what is posted there is seen in it', async () => {
  await using sim = await createSimulator()
  const { sessionWebhook } = await bodyOf(sim)
  expect(sessionWebhook).toMatch(`${sim.url}/agent/send?session=`)
  expect(await post(sessionWebhook, card)).toMatchObject({ status: 200 })
  expect(sim.messages).toMatchObject([
    {
      from: { kind: 'bot' },
      content: { kind: 'card', templateId: 't.schema', variables: { content: '- 晴', degrees: '22' } },
    },
  ])
  const { message } = await sim.user('Alice').say('hi')
  expect(sim.messages[0]?.conversationId).toBe(message.conversationId)
})

test('the chat is the one where the assistant was asked', async () => {
  await using sim = await createSimulator()
  const team = sim.group('Team')
  const pair = sim.chat(sim.user('Alice'), sim.user('Bob'))
  for (const place of [team, pair]) {
    const { sessionWebhook } = await bodyOf(sim, { in: place })
    await post(sessionWebhook, { ...card, content: JSON.stringify(card.content) })
  }
  expect(sim.messages.map(({ conversationId }) => conversationId)).toEqual([team.conversationId, pair.conversationId])
})

test('a body that is text is left alone, and a webhook of one’s own too', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim, { subscriptions: [{ type: 'CALLBACK', topic }] })
  void sim.graph({ uri: '/x', body: 'plain' })
  expect(JSON.parse((await client.next(topic)).data).body).toBe('plain')
  void sim.graph({ uri: '/x', body: { sessionWebhook: 'mine' } })
  expect(JSON.parse((await client.next(topic)).data).body).toBe('{"sessionWebhook":"mine"}')
})

test('a call that is repeated in another run brings a webhook of that run', async () => {
  await using before = await createSimulator()
  await bodyOf(before)
  await using after = await createSimulator()
  const client = await connect(after, { subscriptions: [{ type: 'CALLBACK', topic }] })
  const replayed = after.replay(JSON.parse(JSON.stringify(before.fixture())))
  const frame = await client.next(topic)
  client.ack(frame, { response: { statusLine: { code: 200 }, body: '{}' } })
  await replayed
  const { sessionWebhook, location } = JSON.parse(JSON.parse(frame.data).body)
  expect(location).toBe('杭州')
  expect(await post(sessionWebhook, card)).toMatchObject({ status: 200 })
})

test('what is no AI card is shown as it came', async () => {
  await using sim = await createSimulator()
  const { sessionWebhook } = await bodyOf(sim)
  await post(sessionWebhook, { contentType: 'markdown', content: { text: '# hi' } })
  expect(sim.messages).toMatchObject([{ content: { kind: 'other', msgtype: 'markdown', body: { text: '# hi' } } }])
})

describe('what is refused', () => {
  test.each<[string, object]>([
    ['no contentType', { content: {} }],
    ['no content', { contentType: 'ai_card' }],
    ['content that is no JSON', { contentType: 'ai_card', content: 'x' }],
    ['a card without its template', { contentType: 'ai_card', content: { cardData: {} } }],
  ])('%s', async (_, body) => {
    await using sim = await createSimulator()
    const { sessionWebhook } = await bodyOf(sim)
    expect(await post(sessionWebhook, body)).toMatchObject({ status: 400 })
    expect(sim.messages).toEqual([])
  })

  test('a session that is unknown or over', async () => {
    await using sim = await createSimulator()
    const { sessionWebhook } = await bodyOf(sim)
    expect(await post(`${sim.url}/agent/send?session=x`, card)).toMatchObject({ status: 400 })
    sim.clock.advance(5_400_000)
    expect(await post(sessionWebhook, card)).toMatchObject({ status: 400 })
    expect(sim.messages).toEqual([])
  })
})
