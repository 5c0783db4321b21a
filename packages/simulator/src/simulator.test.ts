import { expect, test } from 'vitest'
import { createSimulator, type SimulatorEvent } from './index.ts'
import { connect, echoBot, post } from './testing/client.ts'

test('starts on a free port of this machine only, with everything a bot must know', async () => {
  await using sim = await createSimulator()
  expect(sim.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(sim.clientId).toBe('ding-simulator')
  expect(sim.clientSecret).toBe('simulator-secret')
  expect(sim.environment).toEqual({
    DINGTALK_CLIENT_ID: sim.clientId,
    DINGTALK_CLIENT_SECRET: sim.clientSecret,
    DINGTALK_OPENAPI_ENDPOINT: sim.url,
    DINGTALK_OAPI_ENDPOINT: sim.url,
  })
})

test('the address is one that can be called, whatever it listens on', async () => {
  await using everywhere = await createSimulator({ host: '0.0.0.0' })
  expect(everywhere.url).toMatch(/^http:\/\/127\.0\.0\.1:/)
  await using local = await createSimulator({ host: 'localhost' })
  expect((await fetch(`${local.url}/gettoken`)).status).toBe(200)
})

test('a port that is taken is an error which says so', async () => {
  await using sim = await createSimulator()
  const port = Number(new URL(sim.url).port)
  const error = await createSimulator({ port }).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'EADDRINUSE', message: expect.stringContaining(`127.0.0.1:${port}`) })
  expect(error).toHaveProperty('cause.code', 'EADDRINUSE')
})

test('simulators in one process do not know of each other', async () => {
  await using one = await createSimulator()
  await using other = await createSimulator()
  await echoBot(one)
  const said = await one.user('Alice').say('hi')
  await said.reply()
  expect(other.messages).toEqual([])
  expect(other.connections).toEqual([])
  expect((await other.user('Alice').say('hi')).delivery.delivered).toBe(false)
})

test('calls are written down with their answers', async () => {
  await using sim = await createSimulator()
  await post(`${sim.url}/v1.0/oauth2/accessToken?x=1`, { appKey: 'a', appSecret: 'b' }, { 'x-mine': 'yes' })
  await fetch(`${sim.url}/v1.0/not/there`)
  expect(sim.calls).toMatchObject([
    {
      method: 'POST',
      path: '/v1.0/oauth2/accessToken',
      query: { x: '1' },
      headers: { 'x-mine': 'yes' },
      body: { appKey: 'a', appSecret: 'b' },
      status: 400,
      answer: { code: 'invalidClientIdOrSecret' },
    },
    { method: 'GET', path: '/v1.0/not/there', status: 404, answer: { code: 'InvalidAction.NotFound' } },
  ])
})

test('events tell what happens, until one has heard enough', async () => {
  await using sim = await createSimulator()
  const events: SimulatorEvent['type'][] = []
  const off = sim.on(({ type }) => events.push(type))
  const client = await connect(sim)
  await sim.user('Bob').say('hi')
  client.ack(await client.next('/v1.0/im/bot/messages/get'))
  await sim.until(() => events.includes('settled'))
  expect(events).toEqual(['call', 'connections', 'user', 'conversation', 'message', 'frame', 'frame', 'settled'])
  off()
  await sim.user('Bob').say('again')
  expect(events).toHaveLength(8)
})

test('until() also sees what no event tells of', async () => {
  await using sim = await createSimulator()
  let isDone = false
  const seen = sim.until(() => isDone)
  // After the look that it takes at once.
  await Promise.resolve()
  isDone = true
  await seen
})

test('closing ends every connection, twice is once, and the port is free again', async () => {
  const sim = await createSimulator()
  const port = Number(new URL(sim.url).port)
  const client = await connect(sim)
  const events = await fetch(`${sim.url}/_sim/events`)
  await Promise.all([sim.close(), sim.close()])
  await client.closed
  await events.text()
  await using again = await createSimulator({ port })
  expect(again.connections).toEqual([])
})

test('a bot gets the answer to its last request although the test closes at once', async () => {
  const sim = await createSimulator()
  const { payload, reply } = await sim.user('Alice').say('hi')
  const answer = post(payload.sessionWebhook, { msgtype: 'text', text: { content: 'x' } })
  await reply()
  await sim.close()
  expect(await answer).toMatchObject({ body: { errcode: 0 } })
})
