import { createSimulator } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { runScript } from '../testing/child.ts'
import { BOT_PUSH, BOT_TOPIC, connectClient, createClient, EVENT_PUSH, FAST, until } from '../testing/client.ts'
import { startRawGateway } from '../testing/raw-gateway.ts'
import type { FloodedScript } from '../testing/scripts/flooded.ts'
import { answering } from './answering.ts'

const hang = () => new Promise<void>(() => {})

test('beyond what runs and what waits, events are asked for again and the rest is left unanswered', async () => {
  await using sim = await createSimulator({ pushTimeout: 1_000, firstPing: 60_000 })
  const onOverload = vi.fn<(frame: StreamFrame) => void>()
  const onFrame = answering(hang, { concurrency: 2, maxWaiting: 3, onOverload })
  await using client = await connectClient(sim, { onFrame })
  for (let i = 0; i < 5; i++) await sim.push(BOT_PUSH)
  const [message, event] = [await sim.push(BOT_PUSH), await sim.push(EVENT_PUSH)]
  expect(await event.ack).toMatchObject({ status: 'acked', data: expect.stringMatching(/"status":"LATER"/) })
  expect(await message.ack).toEqual({ status: 'timeout' })
  expect(onOverload.mock.calls.map(([{ type }]) => type)).toEqual(['CALLBACK', 'EVENT'])
  expect(client.stats()).toMatchObject({ frames: 7, overloads: 2, acks: 1 })
})

test('what waits is bounded by size, too', async () => {
  await using sim = await createSimulator({ firstPing: 60_000 })
  const onOverload = vi.fn<(frame: StreamFrame) => void>()
  const onFrame = answering(hang, { concurrency: 1, maxWaiting: 1_000, maxWaitingBytes: 50_000, onOverload })
  await using client = await connectClient(sim, { onFrame })
  for (let i = 0; i < 10; i++) await sim.push({ ...BOT_PUSH, data: 'x'.repeat(20_000) })
  await until(() => client.stats().frames === 10)
  // One runs, two of 20 kB wait.
  expect(onOverload).toHaveBeenCalledTimes(7)
})

test('a socket is read on, and answers pings, while everything is full', async () => {
  await using sim = await createSimulator()
  const onFrame = answering(hang, { concurrency: 1, maxWaiting: 1 })
  await using client = await connectClient(sim, { onFrame, heartbeat: { interval: 20, misses: 2 } })
  for (let i = 0; i < 100; i++) await sim.push(BOT_PUSH)
  const { ack } = await sim.push({ type: 'SYSTEM', topic: 'ping', data: { opaque: 'now' } })
  expect(await ack).toMatchObject({ status: 'acked', data: '{"opaque":"now"}' })
  sim.rotate({ closeAfter: 60_000 })
  await until(() => client.stats().connects === 2)
  expect(client.stats().drops).toBe(0)
})

test('room that becomes free is used again', async () => {
  await using sim = await createSimulator()
  const releases: (() => void)[] = []
  const onFrame = answering(() => new Promise<void>(resolve => releases.push(resolve)), {
    concurrency: 1,
    maxWaiting: 0,
  })
  await using client = await connectClient(sim, { onFrame })
  for (let round = 1; round <= 3; round++) {
    const { ack } = await sim.push(BOT_PUSH)
    const refused = await sim.push(EVENT_PUSH)
    expect(await refused.ack).toMatchObject({ data: expect.stringContaining('LATER') })
    releases.shift()?.()
    expect(await ack).toMatchObject({ status: 'acked', code: 200 })
  }
  expect(client.stats().overloads).toBe(3)
})

test('memory stays flat however much is pushed to handlers that hang', { timeout: 60_000 }, async () => {
  const megabytes = 150
  const raw = (id: number): string =>
    JSON.stringify({ type: 'CALLBACK', headers: { topic: BOT_TOPIC, messageId: `m${id}` }, data: 'x'.repeat(20_000) })
  await using gateway = await startRawGateway()
  const { clientId, clientSecret, url: endpoint } = gateway
  const subscriptions = [{ type: 'CALLBACK', topic: BOT_TOPIC }] as const
  const input: FloodedScript = { options: { clientId, clientSecret, endpoint, subscriptions } }
  await using child = runScript('flooded', input, { flags: ['--expose-gc'] })
  await until(() => gateway.sockets.length === 1, 10_000)
  const [socket] = gateway.sockets
  const count = megabytes * 50
  for (let id = 0; id < count; id += 100) {
    for (let i = 0; i < 99; i++) socket?.send(raw(id + i))
    await new Promise(resolve => socket?.send(raw(id + 99), resolve))
  }
  // The pong comes after everything before it was read.
  await new Promise(resolve => socket?.once('pong', resolve).ping())
  child.process.kill('SIGUSR2')
  expect(await child.exited).toBe(0)
  const { held, frames } = JSON.parse(child.stdout)
  expect(frames).toBe(count)
  // 16 MiB may wait, and what runs and Node itself take some.
  expect(held).toBeLessThan(80 * 1024 * 1024)
})

test('a server that does not read our answers is left after some megabytes', async () => {
  await using gateway = await startRawGateway({ onSocket: socket => socket.pause() })
  await using client = createClient(gateway, FAST)
  await client.start()
  const echo = 'x'.repeat(500_000)
  const ping = JSON.stringify({ type: 'SYSTEM', headers: { topic: 'ping', messageId: 'p' }, data: echo })
  for (let sent = 0; client.stats().drops === 0 && sent < 200; sent++) {
    await new Promise(resolve => gateway.sockets[0]?.send(ping, resolve))
  }
  await until(() => client.stats().connects === 2)
  const lost = client.log.entries.find(({ message }) => message.startsWith('A connection was lost'))
  expect(lost?.fields).toMatchObject({ detail: 'the peer stopped reading' })
})

test('a server that pings and does not read our pongs is left after some megabytes', async () => {
  await using gateway = await startRawGateway({ onSocket: socket => socket.pause() })
  await using client = createClient(gateway, { ...FAST, heartbeat: { interval: 60_000 } })
  await client.start()
  const payload = 'x'.repeat(125)
  for (let sent = 0; client.stats().drops === 0 && sent < 300_000; sent += 1_000) {
    for (let i = 0; i < 999; i++) gateway.sockets[0]?.ping(payload)
    await new Promise(resolve => gateway.sockets[0]?.ping(payload, false, resolve))
  }
  await until(() => client.stats().connects === 2)
})
