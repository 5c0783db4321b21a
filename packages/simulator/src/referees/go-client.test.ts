import * as v from 'valibot'
import { expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import { answering } from '../testing/answering.ts'
import { showCard } from '../testing/cards.ts'
import { connect, post, type TestFrame } from '../testing/client.ts'

// What dingtalk-stream-sdk-go 0.9.2 does on the wire: it writes every field of its structs, so that nil maps and pointers
// are null, and texts that nobody has set are empty.

const topics = {
  robot: '/v1.0/im/bot/messages/get',
  card: '/v1.0/card/instances/callback',
  graph: '/v1.0/graph/api/invoke',
}
const subscriptions = [
  { type: 'SYSTEM', topic: 'disconnect' },
  { type: 'SYSTEM', topic: 'ping' },
  { type: 'EVENT', topic: '*' },
  ...Object.values(topics).map(topic => ({ type: 'CALLBACK', topic })),
]

const responses: Readonly<Record<string, unknown>> = {
  [topics.card]: { cardUpdateOptions: null, cardData: { cardParamMap: null }, userPrivateData: null },
  [topics.graph]: { statusLine: { code: 200, reasonPhrase: 'OK' }, headers: null, body: '{"text": "hello"}' },
}

function answer({ type, headers, data }: TestFrame): object {
  const response = responses[headers.topic]
  const ack = { code: 200, headers: { contentType: 'application/json', messageId: headers.messageId }, message: '' }
  if (type === 'SYSTEM') return { ...ack, data: headers.topic === 'ping' ? data : '' }
  if (type === 'EVENT') return { ...ack, code: 500, message: 'ok', data: '{"status":"LATER","message":"later"}' }
  return { ...ack, data: response === undefined ? '' : JSON.stringify({ response }) }
}

const connectAs = (sim: Simulator) =>
  connect(sim, { subscriptions, ua: 'dingtalk-sdk-go/v0.9.2-union', localIp: '10.0.0.1', extras: null }).then(client =>
    answering(client, answer),
  )

test('it connects, hears, replies, and answers pings', async () => {
  await using sim = await createSimulator({ firstPing: 1 })
  const client = await connectAs(sim)
  const said = await sim.user('Alice').say('hi')
  expect(await said.ack).toMatchObject({ status: 'acked', code: 200, data: '' })
  const { sessionWebhook } = v.parse(
    v.object({ sessionWebhook: v.string() }),
    JSON.parse((await client.next(topics.robot)).data),
  )
  await post(sessionWebhook, { msgtype: 'text', text: { content: 'msg received: [hi]' } }, { accept: '*/*' })
  expect((await said.reply()).content).toEqual({ kind: 'text', text: 'msg received: [hi]' })
  await sim.until(() => sim.frames.some(({ raw, verdict }) => verdict === 'ok' && raw.includes('opaque')))
  expect(sim.violations).toEqual([])
})

test('its answers to clicks and graph calls, with null for what it has not, are good', async () => {
  await using sim = await createSimulator()
  await connectAs(sim)
  await showCard(sim)
  const { card, response } = await sim.user('Alice').click('trk_1', 'go')
  expect(response).toBeDefined()
  expect(card.viewFor(sim.user('Alice'))).toEqual({ title: 'Hi', count: '3' })
  expect((await sim.graph({ uri: '/x' })).response).toMatchObject({ status: 200, headers: {}, body: { text: 'hello' } })
  expect(sim.violations).toEqual([])
})

test('its LATER comes with code 500, and it acks that it is to go', async () => {
  await using sim = await createSimulator()
  const client = await connectAs(sim)
  expect((await sim.event('user_add_org')).status).toBe('LATER')
  sim.faults.disconnect()
  await client.next('disconnect')
  await sim.until(
    () => sim.frames.filter(({ direction, verdict }) => direction === 'up' && verdict === 'ok').length === 2,
  )
  expect(sim.violations).toEqual([])
})
