import { DWClient, EventAck, TOPIC_AI_GRAPH_API, TOPIC_CARD } from 'dingtalk-stream'
import * as v from 'valibot'
import { expect, test, vi } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import { showCard } from '../testing/cards.ts'
import { open, post } from '../testing/client.ts'

const topic = '/v1.0/im/bot/messages/get'
const grantSchema = v.object({ endpoint: v.string(), ticket: v.string() })
const messageSchema = v.object({ text: v.object({ content: v.string() }), sessionWebhook: v.string() })

/** The official client, asking this gateway instead of the one whose address is written into it. */
function officialClient(sim: Simulator): DWClient {
  const client = new DWClient({ clientId: sim.clientId, clientSecret: sim.clientSecret })
  client.getEndpoint = async () => {
    const { clientId, clientSecret, ua, subscriptions } = client.getConfig()
    const response = await open(sim, { clientId, clientSecret, ua, subscriptions })
    const { endpoint, ticket } = v.parse(grantSchema, await response.json())
    Reflect.set(client, 'dw_url', `${endpoint}?ticket=${ticket}`)
    return client
  }
  return client
}

test('the official client connects, acks and answers', async () => {
  vi.spyOn(console, 'info').mockReturnValue()
  await using sim = await createSimulator({ firstPing: 1 })
  const client = officialClient(sim)
  client.registerCallbackListener(topic, ({ headers, data }) => {
    client.socketCallBackResponse(headers.messageId, { success: true })
    const message = v.parse(messageSchema, JSON.parse(data))
    void post(message.sessionWebhook, { msgtype: 'text', text: { content: `you said:${message.text.content}` } })
  })
  await client.connect()
  await sim.connected()

  const alice = sim.user('Alice')
  const said = await alice.in(sim.group('Team')).say('hi')
  expect(await said.ack).toMatchObject({ status: 'acked', code: 200, data: '{"response":{"success":true}}' })
  const reply = await said.reply()
  expect(reply.content).toEqual({ kind: 'text', text: 'you said: hi' })
  expect(sim.messages).toContain(reply)

  const { ack } = await sim.push({ type: 'EVENT', topic: '*', data: {}, headers: { eventType: 'user_add_org' } })
  expect(await ack).toMatchObject({ status: 'acked', data: '{"status":"SUCCESS"}' })
  await sim.until(() => sim.frames.some(({ raw, verdict }) => verdict === 'ok' && raw.includes('"topic":"ping"')))
  expect(sim.violations).toEqual([])

  client.disconnect()
  await sim.until(() => sim.connections.length === 0)
})

test('the official client answers LATER, and gets the event again', async () => {
  vi.spyOn(console, 'info').mockReturnValue()
  await using sim = await createSimulator({ switches: { eventRedelivery: [60_000] } })
  const client = officialClient(sim)
  const seen: string[] = []
  client.registerAllEventListener(({ headers }) => {
    seen.push(headers.eventId ?? '')
    return { status: seen.length === 1 ? EventAck.LATER : EventAck.SUCCESS }
  })
  await client.connect()
  await sim.connected()
  const result = await sim.event('user_add_org', { userId: ['u1'] })
  expect(result.status).toBe('LATER')
  sim.clock.advance(60_000)
  await sim.until(() => seen.length === 2)
  expect(seen).toEqual([result.eventId, result.eventId])
  client.disconnect()
})

test('the official client answers a click, and the card changes', async () => {
  vi.spyOn(console, 'info').mockReturnValue()
  await using sim = await createSimulator()
  const client = officialClient(sim)
  client.registerCallbackListener(TOPIC_CARD, ({ headers, data }) => {
    const { content } = v.parse(v.object({ content: v.string() }), JSON.parse(data))
    const { actionIds } = JSON.parse(content).cardPrivateData
    client.socketCallBackResponse(headers.messageId, {
      cardUpdateOptions: { updateCardDataByKey: true },
      cardData: { cardParamMap: { status: actionIds[0] } },
    })
  })
  await client.connect()
  await sim.connected()
  await showCard(sim)
  const alice = sim.user('Alice')
  const { card, response } = await alice.click('trk_1', 'approve')
  expect(response).toMatchObject({ cardData: { status: 'approve' }, updateCardDataByKey: true })
  expect(card.viewFor(alice)).toEqual({ title: 'Hi', count: '3', status: 'approve' })
  expect(sim.violations).toEqual([])
  client.disconnect()
})

test('the official client answers a graph call', async () => {
  vi.spyOn(console, 'info').mockReturnValue()
  await using sim = await createSimulator()
  const client = officialClient(sim)
  client.registerCallbackListener(TOPIC_AI_GRAPH_API, ({ headers, data }) => {
    const { body } = v.parse(v.object({ body: v.string() }), JSON.parse(data))
    client.sendGraphAPIResponse(headers.messageId, {
      response: { statusLine: { code: 200, reasonPhrase: 'OK' }, headers: {}, body },
    })
  })
  await client.connect()
  await sim.connected()
  expect((await sim.graph({ uri: '/echo', body: { a: 1 } })).response).toMatchObject({ status: 200, body: { a: 1 } })
  client.disconnect()
})
