import { expect, test } from 'vitest'
import { createSimulator } from '../../simulator.ts'
import { connect } from '../../testing/client.ts'

const topic = '/v1.0/graph/api/invoke'
const graph = { subscriptions: [{ type: 'CALLBACK', topic }] }

test('a call goes out like HTTP, and its answer comes back parsed', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim, graph)
  const called = sim.graph({ uri: '/v1.0/weather/get', body: { location: '杭州' }, headers: { 'x-plugin-id': 'p' } })
  const frame = await client.next(topic)
  const { body, ...request } = JSON.parse(frame.data)
  expect(JSON.parse(body)).toMatchObject({ location: '杭州' })
  expect(request).toEqual({
    requestLine: { method: 'POST', uri: '/v1.0/weather/get' },
    headers: {
      'x-plugin-id': 'p',
      'x-plugin-version': '1',
      'x-ability-key': 'get',
      'content-type': 'application/json',
    },
  })
  const statusLine = { code: 200, reasonPhrase: 'OK' }
  client.ack(frame, { response: { statusLine, headers: { 'Content-Type': 'application/json' }, body: '{"t":21}' } })
  expect((await called).response).toEqual({
    status: 200,
    reasonPhrase: 'OK',
    headers: { 'Content-Type': 'application/json' },
    body: { t: 21 },
  })
})

test('an answer whose body is no text is against the protocol', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim, graph)
  const called = sim.graph({ uri: '/x' })
  client.ack(await client.next(topic), { response: { statusLine: { code: 200 }, body: { t: 21 } } })
  expect((await called).response).toBeUndefined()
  expect(sim.violations).toMatchObject([{ reason: expect.stringContaining('response.body') }])
})

test.each<[string, object, string | undefined]>([
  [
    'null for the headers, as the official Go client',
    { statusLine: { code: 200, reasonPhrase: 'OK' }, headers: null, body: '{}' },
    'OK',
  ],
  ['null for the reason', { statusLine: { code: 200, reasonPhrase: null }, body: '{}' }, undefined],
])('an answer with %s', async (_, response, reasonPhrase) => {
  await using sim = await createSimulator()
  const client = await connect(sim, graph)
  const called = sim.graph({ uri: '/x' })
  client.ack(await client.next(topic), { response })
  expect((await called).response).toEqual({ status: 200, reasonPhrase, headers: {}, body: {} })
  expect(sim.violations).toEqual([])
})

test('an answer without a body, by which the official Java client says that something failed', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim, graph)
  const called = sim.graph({ uri: '/x' })
  client.ack(await client.next(topic), {
    response: { statusLine: { code: 404, reasonPhrase: 'Not Found' }, headers: {} },
  })
  expect((await called).response).toMatchObject({ status: 404, body: '' })
})

test('nobody who offers it', async () => {
  await using sim = await createSimulator()
  expect(await sim.graph({ uri: '/x' })).toMatchObject({ ack: { status: 'undelivered' }, response: undefined })
})
