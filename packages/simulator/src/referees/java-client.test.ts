import { once } from 'node:events'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createSimulator, type Simulator } from '../simulator.ts'
import { postSecurely } from '../testing/secure.ts'

// What dingtalk-stream-sdk-java 1.3.13 does on the wire: it connects by wss alone, to the host and port of the endpoint;
// fields that are null are left out, so an error is acked without data, and a graph call that failed without body; it
// does not ack SYSTEM disconnect.

const robot = '/v1.0/im/bot/messages/get'
const graph = '/v1.0/graph/api/invoke'
const grantSchema = v.object({ endpoint: v.string(), ticket: v.string() })
const frameSchema = v.object({
  type: v.string(),
  headers: v.looseObject({ topic: v.string(), messageId: v.string() }),
  data: v.string(),
})
type Frame = v.InferOutput<typeof frameSchema>

/** Connects as it does; `hear` says what comes of a robot message: `fail` throws in its listener. */
async function connectAs(sim: Simulator, hear: (webhook: string) => Promise<'ok' | 'fail'>): Promise<WebSocket> {
  const trust = { ca: sim.certificate }
  const body = {
    clientId: sim.clientId,
    clientSecret: sim.clientSecret,
    localIp: '10.0.0.1',
    subscriptions: [
      { topic: '*', type: 'EVENT' },
      { topic: robot, type: 'CALLBACK' },
      { topic: graph, type: 'CALLBACK' },
    ],
    ua: 'java/1.3.13-union',
  }
  const opened = await postSecurely(`${sim.url}/v1.0/gateway/connections/open`, body, trust)
  const { endpoint, ticket } = v.parse(grantSchema, opened.body)
  const { protocol, hostname, port } = new URL(endpoint)
  if (protocol !== 'wss:') throw new Error(`It knows no ${protocol}`)
  const socket = new WebSocket(`wss://${hostname}:${port}/connect?ticket=${ticket}`, trust)
  socket.on('message', async data => {
    const frame = v.parse(frameSchema, JSON.parse(String(data)))
    const answer = await answerTo(frame, hear)
    if (answer) socket.send(JSON.stringify(answer))
  })
  await once(socket, 'open')
  return socket
}

async function answerTo({ type, headers, data }: Frame, hear: (webhook: string) => Promise<'ok' | 'fail'>) {
  const { messageId, topic } = headers
  const contentType = 'application/json'
  const good = (payload: unknown) => ({
    code: 200,
    data: JSON.stringify(payload),
    headers: { messageId, contentType, time: String(Date.now()) },
    message: 'OK',
  })
  if (topic === 'ping') return good(JSON.parse(data))
  if (type === 'SYSTEM') return undefined
  if (type === 'EVENT') return good({ status: 'SUCCESS' })
  if (topic === graph)
    return good({
      response: { headers: { 'Content-Type': contentType }, statusLine: { code: 404, reasonPhrase: 'Not Found' } },
    })
  const webhook = v.parse(v.object({ sessionWebhook: v.string() }), JSON.parse(data)).sessionWebhook
  if ((await hear(webhook)) === 'ok') return good({})
  return { code: 500, headers: { messageId, contentType }, message: 'client internal error' }
}

test('it connects by wss, answers pings, hears, and replies by its BotReplier', async () => {
  await using sim = await createSimulator({ tls: true, firstPing: 1 })
  const headers = { accept: 'application/json' }
  const text = { msgtype: 'text', text: { content: 'hello' }, at: { atUserIds: [''] } }
  const socket = await connectAs(sim, async webhook => {
    await postSecurely(webhook, text, { ca: sim.certificate, headers })
    return 'ok'
  })
  const said = await sim.user('Alice').say('hi')
  expect((await said.reply()).content).toEqual({ kind: 'text', text: 'hello' })
  expect(await said.ack).toMatchObject({ status: 'acked', code: 200 })
  await sim.until(() => sim.frames.some(({ raw, verdict }) => verdict === 'ok' && raw.includes('opaque')))
  expect((await sim.event('user_add_org')).status).toBe('SUCCESS')
  sim.faults.disconnect()
  expect(sim.violations).toEqual([])
  socket.terminate()
})

test('a listener that throws acks an error without data, which is an ack, and no timeout', async () => {
  await using sim = await createSimulator({ tls: true })
  const socket = await connectAs(sim, async () => 'fail')
  const said = await sim.user('Alice').say('hi')
  expect(await said.ack).toMatchObject({ status: 'acked', code: 500, message: 'client internal error', data: '' })
  expect((await sim.graph({ uri: '/x' })).response).toMatchObject({ status: 404, body: '' })
  expect(sim.violations).toEqual([])
  socket.terminate()
})

test('without TLS it is told no address that it knows', async () => {
  await using sim = await createSimulator()
  const { clientId, clientSecret } = sim
  const response = await fetch(`${sim.url}/v1.0/gateway/connections/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ clientId, clientSecret, subscriptions: [] }),
  })
  expect(await response.json()).toMatchObject({ endpoint: expect.stringMatching(/^ws:/) })
})
