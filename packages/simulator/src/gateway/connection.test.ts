import { describe, expect, test } from 'vitest'
import { manualClock } from '../clock/clock.ts'
import { createSimulator } from '../simulator.ts'
import { connect, type TestFrame } from '../testing/client.ts'

test('the first ping comes after 1 s, the others every 20 s', async () => {
  const clock = manualClock()
  await using sim = await createSimulator({ clock })
  const client = await connect(sim)
  await sim.connected()
  clock.advance(999)
  expect(sim.frames).toEqual([])
  clock.advance(1)
  const ping = await client.next('ping')
  expect(ping).toMatchObject({ type: 'SYSTEM', data: expect.stringMatching(/^\{"opaque":"[^"]+"\}$/) })
  client.ack(ping, ping.data)
  clock.advance(20_000)
  const second = await client.next('ping')
  client.ack(second, second.data)
  await sim.until(() => sim.frames.length === 4)
  expect(sim.violations).toEqual([])
})

test('an ack comes back with its code, data and latency', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim)
  const said = await sim.user('Alice').say('hi')
  const frame = await client.next('/v1.0/im/bot/messages/get')
  expect(frame.headers.messageId).toBe(said.delivery.messageId)
  expect(frame.headers).toMatchObject({ contentType: 'application/json', time: expect.stringMatching(/^\d+$/) })
  client.ack(frame)
  expect(await said.ack).toEqual({
    status: 'acked',
    code: 200,
    data: '{"response":null}',
    message: 'OK',
    latency: expect.any(Number),
  })
  expect(sim.frames.map(({ direction, verdict }) => [direction, verdict])).toEqual([
    ['down', undefined],
    ['up', 'ok'],
  ])
})

test('an ack after the deadline is a timeout for the push, and late in the frames', async () => {
  const clock = manualClock()
  await using sim = await createSimulator({ clock, firstPing: 60_000 })
  const client = await connect(sim)
  const said = await sim.user('Alice').say('hi')
  clock.advance(3_000)
  expect(await said.ack).toEqual({ status: 'timeout' })
  client.ack(await client.next('/v1.0/im/bot/messages/get'))
  await sim.until(() => sim.frames.some(({ verdict }) => verdict === 'late'))
  expect(sim.violations).toEqual([])
})

test('a push whose connection ends is closed', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim)
  const said = await sim.user('Alice').say('hi')
  client.socket.terminate()
  expect(await said.ack).toEqual({ status: 'closed' })
})

describe('what is against the protocol is written down', () => {
  const good = (frame: TestFrame) => ({ code: 200, headers: { messageId: frame.headers.messageId }, data: '{}' })

  test.each<[string, (frame: TestFrame) => string | Uint8Array | object, string]>([
    ['no JSON', () => 'hello', 'not a JSON object'],
    ['a JSON array', () => '[]', 'not a JSON object'],
    ['no headers', () => ({ code: 200, data: '{}' }), 'headers is missing'],
    ['an unknown messageId', frame => ({ ...good(frame), headers: { messageId: 'made-up' } }), 'never sent'],
    ['no messageId', frame => ({ ...good(frame), headers: {} }), 'headers.messageId is missing'],
    ['data that is an object', frame => ({ ...good(frame), data: {} }), 'data must be string'],
    ['no data', frame => ({ ...good(frame), data: undefined }), 'data is missing'],
    ['a code that is text', frame => ({ ...good(frame), code: '200' }), 'code must be number'],
    ['a binary frame', frame => Buffer.from(JSON.stringify(good(frame))), 'binary'],
  ])('%s', async (_, make, reason) => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    await sim.push({ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get', data: {} })
    client.send(make(await client.next('/v1.0/im/bot/messages/get')))
    const violation = await sim.until(() => sim.violations[0])
    expect(violation.reason).toContain(reason)
    expect(sim.frames.at(-1)?.verdict).toBe('violation')
    expect(client.socket.readyState).toBe(client.socket.OPEN)
  })

  test('a second ack', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    await sim.push({ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get', data: {} })
    const frame = await client.next('/v1.0/im/bot/messages/get')
    client.ack(frame)
    client.ack(frame)
    expect((await sim.until(() => sim.violations[0])).reason).toContain('answered before')
  })

  test('an ack on another connection than that of the push', async () => {
    await using sim = await createSimulator()
    const [one, other] = [await connect(sim), await connect(sim, { subscriptions: [] })]
    await sim.push({ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get', data: {} })
    other.ack(await one.next('/v1.0/im/bot/messages/get'))
    expect((await sim.until(() => sim.violations[0])).reason).toContain('never sent on this connection')
  })

  test.each(['{}', '{"opaque":"other"}', '{"opaque":null}', 'null', '', 'opaque'])(
    'a ping answered with other data: %s',
    async data => {
      await using sim = await createSimulator({ firstPing: 1 })
      const client = await connect(sim)
      client.ack(await client.next('ping'), data)
      expect((await sim.until(() => sim.violations[0])).reason).toContain('echo')
    },
  )

  test('a WebSocket frame that is none, and one over 1 MiB', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    client.send('x'.repeat(1024 * 1024 + 1))
    expect((await sim.until(() => sim.violations[0])).reason).toContain('Max payload size exceeded')
    expect((await client.closed).code).toBe(1009)
  })
})

describe('a pong need only carry the same opaque', () => {
  const opaqueOf = (data: string): string => JSON.parse(data).opaque

  test.each<[string, (data: string) => string]>([
    ['with blanks, as Python writes JSON', data => `{"opaque": "${opaqueOf(data)}"}`],
    ['over several lines', data => JSON.stringify(JSON.parse(data), undefined, 2)],
    ['beside other fields', data => JSON.stringify({ ok: true, opaque: opaqueOf(data) })],
  ])('%s', async (_, answer) => {
    await using sim = await createSimulator({ firstPing: 1 })
    const client = await connect(sim)
    const ping = await client.next('ping')
    client.ack(ping, answer(ping.data))
    await sim.until(() => sim.frames.find(({ verdict }) => verdict === 'ok'))
    expect(sim.violations).toEqual([])
  })
})

describe('an answer that says what went wrong', () => {
  test.each<[string, object]>([
    ['without data, as the official Java client', { message: 'client internal error' }],
    ['with null for data', { message: 'client internal error', data: null }],
    ['with empty data and message, as the official Go client', { message: '', data: '' }],
    ['with null for the message', { message: null, data: '{}' }],
  ])('%s', async (_, fields) => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    const said = await sim.user('Alice').say('hi')
    const { messageId } = (await client.next('/v1.0/im/bot/messages/get')).headers
    client.send({ code: 500, headers: { messageId, contentType: 'application/json' }, ...fields })
    expect(await said.ack).toMatchObject({ status: 'acked', code: 500 })
    expect(sim.violations).toEqual([])
  })
})

test('pings of the client are answered', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim)
  const pong = new Promise(resolve => client.socket.once('pong', resolve))
  client.socket.ping('are you there')
  expect(String(await pong)).toBe('are you there')
})
