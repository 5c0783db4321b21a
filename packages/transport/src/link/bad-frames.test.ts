import { createSimulator } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { BOT_PUSH, BOT_TOPIC, connectClient, createClient, EVENT_PUSH, FAST, until } from '../testing/client.ts'
import { type RawGateway, startRawGateway } from '../testing/raw-gateway.ts'

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

test.each<[string, string | Buffer]>([
  ['text that is no JSON', 'this is no json'],
  ['no text at all', ''],
  ['half a frame', '{"type":"CALLBACK","headers":{"topic":"'],
  ['an array', '[1,2]'],
  ['null', 'null'],
  ['a number', '42'],
  ['a frame without headers', '{"type":"CALLBACK"}'],
  ['headers that are null', '{"type":"CALLBACK","headers":null}'],
  ['headers that are text', '{"type":"CALLBACK","headers":"topic"}'],
  ['headers without a topic', '{"type":"CALLBACK","headers":{"messageId":"1"}}'],
  ['a topic that is a number', '{"type":"CALLBACK","headers":{"topic":5}}'],
  ['a frame without a type', '{"headers":{"topic":"/x","messageId":"1"}}'],
  ['a type that is an object', '{"type":{},"headers":{"topic":"/x"}}'],
  ['a binary frame of no meaning', Buffer.from([0xff, 0x00, 0xc3, 0x28])],
  [
    'a ping whose data is nested too deep to be echoed',
    `{"type":"SYSTEM","headers":{"topic":"ping","messageId":"1"},"data":${deep}}`,
  ],
  ['a disconnect whose data is nested too deep', `{"type":"SYSTEM","headers":{"topic":"disconnect"},"data":${deep}}`],
])('%s costs one line in the log, and the next frame is handled', async (_, raw) => {
  await using sim = await createSimulator({ firstPing: 60_000 })
  await using client = await connectClient(sim)
  sim.faults.garbage(raw)
  const { ack } = await sim.push(BOT_PUSH)
  expect(await ack).toMatchObject({ status: 'acked', code: 200 })
  expect(client.log.complaints).toEqual([expect.stringContaining('A frame was dropped')])
  expect(client.stats()).toMatchObject({ badFrames: 1, frames: 2, drops: 0, connects: 1 })
  expect(sim.violations).toEqual([])
})

/** Sends a frame and gives the client's answer to it. */
async function exchange(gateway: RawGateway, frame: object): Promise<{ code: number; headers: object; data: string }> {
  const answer = new Promise<Buffer>(resolve => gateway.sockets.at(-1)?.once('message', resolve))
  gateway.sockets.at(-1)?.send(JSON.stringify(frame))
  return JSON.parse(String(await answer))
}

test('an unknown type is answered 404', async () => {
  await using gateway = await startRawGateway()
  await using client = createClient(gateway)
  await client.start()
  const answer = await exchange(gateway, { type: 'NEWS', headers: { topic: '/x', messageId: 'm1' }, data: '{}' })
  expect(answer).toMatchObject({ code: 404, headers: { messageId: 'm1' }, data: expect.any(String) })
  expect(client.stats().badFrames).toBe(1)
})

test.each(['NEWS', 'CALLBACK'])('a %s frame that nobody can answer, for want of an id, is left', async type => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  sim.faults.garbage(JSON.stringify({ type, headers: { topic: BOT_TOPIC, messageId: 5 } }))
  const { ack } = await sim.push(BOT_PUSH)
  expect(await ack).toMatchObject({ status: 'acked' })
  expect(client.stats().acks).toBe(1)
  expect(sim.violations).toEqual([])
})

test('a topic that was not subscribed is answered 404, and its handler is not called', async () => {
  await using gateway = await startRawGateway()
  const onFrame = vi.fn<(frame: StreamFrame) => void>()
  await using client = createClient(gateway, { onFrame })
  await client.start()
  const answer = await exchange(gateway, {
    type: 'CALLBACK',
    headers: { topic: '/other', messageId: 'm1' },
    data: '{}',
  })
  expect(answer.code).toBe(404)
  expect(onFrame).not.toHaveBeenCalled()
})

test.each<[string, object]>([
  ['`header` in place of `headers`', { header: { topic: BOT_TOPIC, messageId: 'm1' } }],
  ['a time that is a number', { headers: { topic: BOT_TOPIC, messageId: 'm1', time: 1789900000000 } }],
  ['a time that is text', { headers: { topic: BOT_TOPIC, messageId: 'm1', time: '1789900000000' } }],
  ['no specVersion', { specVersion: undefined, headers: { topic: BOT_TOPIC, messageId: 'm1' } }],
  ['data that is an object', { headers: { topic: BOT_TOPIC, messageId: 'm1' }, data: { text: 'hi' } }],
  ['data that is no JSON', { headers: { topic: BOT_TOPIC, messageId: 'm1' }, data: 'hi {' }],
  ['no data', { headers: { topic: BOT_TOPIC, messageId: 'm1' }, data: undefined }],
  ['headers that nobody knows yet', { headers: { topic: BOT_TOPIC, messageId: 'm1', __proto__x: {}, toString: 1 } }],
])('a frame with %s is handled', async (_, parts) => {
  await using gateway = await startRawGateway()
  await using client = createClient(gateway, {
    onFrame: frame => void frame.respond({ data: [frame.data ?? null, frame.headers.time ?? null] }),
  })
  await client.start()
  const frame = { specVersion: '1.0', type: 'CALLBACK', data: '{"text":"hi"}', ...parts }
  const answer = await exchange(gateway, frame)
  expect(answer).toMatchObject({ code: 200, headers: { messageId: 'm1' } })
  expect(client.log.complaints).toEqual([])
})

test('a frame over maxPayload costs its socket, which is opened anew, and is said once', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim, { ...FAST, maxPayload: 10_000 })
  for (let round = 1; round <= 3; round++) {
    await sim.push({ ...BOT_PUSH, data: 'x'.repeat(20_000) })
    await until(() => client.stats().connects === round + 1 && client.stats().connections === 1)
  }
  expect(client.log.complaints).toEqual([expect.stringContaining('larger than maxPayload')])
  expect(client.stats().drops).toBe(3)
  const { ack } = await sim.push({ ...BOT_PUSH, data: 'x'.repeat(5_000) })
  expect(await ack).toMatchObject({ status: 'acked' })
})

test('a frame of nearly a mebibyte is accepted by default', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  const { ack } = await sim.push({ ...BOT_PUSH, data: 'x'.repeat(1_000_000) })
  expect(await ack).toMatchObject({ status: 'acked' })
  expect(client.stats().drops).toBe(0)
})

test('a WebSocket frame that is none costs its socket, without waiting for the peer to hang up', async () => {
  await using gateway = await startRawGateway({
    onSocket: socket => {
      // Text that is not UTF-8, from a server that then ignores the close frame.
      socket.send(Buffer.from([0xff, 0xfe]), { binary: false })
      socket.pause()
    },
  })
  await using client = createClient(gateway, FAST)
  await client.start()
  await until(() => client.stats().connects >= 2)
  expect(client.log.entries.some(({ fields }) => String(fields.detail).includes('UTF-8'))).toBe(true)
})

test.each([
  ['throws', () => JSON.parse('{')],
  ['rejects', async () => JSON.parse('{')],
  ['answers with what is no JSON', (frame: StreamFrame) => frame.respond({ data: { big: 1n } })],
])('a handler that %s harms neither socket nor process, and its frame is answered', async (_, onFrame) => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim, { onFrame })
  const [message, event] = [await sim.push(BOT_PUSH), await sim.push(EVENT_PUSH)]
  expect(await message.ack).toMatchObject({ status: 'acked', code: 500 })
  expect(await event.ack).toMatchObject({ status: 'acked', data: expect.stringContaining('LATER') })
  expect(client.stats()).toMatchObject({ drops: 0, acks: 2 })
  expect(client.log.complaints).toHaveLength(2)
})

test('a subscription function that throws harms neither socket nor process', async () => {
  await using sim = await createSimulator()
  const subscriptions = vi.fn(() => [{ type: 'CALLBACK', topic: BOT_TOPIC } as const])
  await using client = await connectClient(sim, { subscriptions })
  subscriptions.mockImplementation(() => JSON.parse('{'))
  const { ack } = await sim.push(BOT_PUSH)
  expect(await ack).toMatchObject({ status: 'acked', code: 500 })
  expect(client.stats().drops).toBe(0)
})
