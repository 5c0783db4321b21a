import { channel, tracingChannel } from 'node:diagnostics_channel'
import { createSimulator } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'
import type { Frame } from '../frame/frame.ts'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { BOT_PUSH, connectClient, createClient, entered, FAST, until } from '../testing/client.ts'

test('every state is told, in order, to every listener, until it is removed', async () => {
  await using sim = await createSimulator()
  await using client = createClient(sim, FAST)
  const [removed, other]: [string[], string[]] = [[], []]
  const off = client.onState(state => removed.push(state))
  client.onState(state => other.push(state))
  await client.start()
  off()
  const back = entered(client, 'online')
  sim.faults.reset()
  await back
  await client.stop()
  expect(other).toEqual(['connecting', 'online', 'reconnecting', 'online', 'draining', 'stopped'])
  expect(removed).toEqual(['connecting', 'online'])
})

test('a listener that stops the client does not turn the order around for the others', async () => {
  await using sim = await createSimulator()
  await using client = createClient(sim)
  client.onState(state => {
    if (state === 'online') void client.stop()
  })
  const heard: string[] = []
  client.onState(state => heard.push(state))
  await client.start()
  await client.stop()
  expect(heard).toEqual(['connecting', 'online', 'draining', 'stopped'])
})

test('a listener that throws or rejects is logged, and harms nobody', async () => {
  await using sim = await createSimulator()
  await using client = createClient(sim)
  client.onState(() => JSON.parse('{'))
  client.onState(async () => JSON.parse('{'))
  const heard = vi.fn()
  client.onState(heard)
  await client.start()
  expect(heard.mock.calls).toEqual([['connecting'], ['online']])
  await until(() => client.log.complaints.length === 4)
  expect(client.log.complaints.every(line => line.startsWith('A listener threw: '))).toBe(true)
})

test('SYSTEM frames are told after they were answered, those that nobody knows included', async () => {
  await using sim = await createSimulator({ firstPing: 60_000 })
  await using client = await connectClient(sim)
  const topics: string[] = []
  const off = client.onSystem(({ headers }: Frame) => topics.push(headers.topic))
  for (const topic of ['ping', 'REGISTERED', 'CONNECTED', 'KEEPALIVE', 'brand-new']) {
    await sim.push({ type: 'SYSTEM', topic, data: { opaque: 'x' } })
  }
  await until(() => topics.length === 5)
  expect(topics).toEqual(['ping', 'REGISTERED', 'CONNECTED', 'KEEPALIVE', 'brand-new'])
  off()
  const { ack } = await sim.push({ type: 'SYSTEM', topic: 'ping', data: {} })
  await ack
  expect(topics).toHaveLength(5)
  // Only pings are answered.
  expect(sim.frames.filter(({ direction }) => direction === 'up')).toHaveLength(2)
})

test('counters tell what happened', async () => {
  const clock = vi.spyOn(performance, 'now')
  await using sim = await createSimulator({ firstPing: 60_000 })
  const frames: StreamFrame[] = []
  await using client = createClient(sim, { ...FAST, onFrame: frame => void frames.push(frame) })
  expect(client.stats()).toEqual({
    state: 'idle',
    connections: 0,
    connects: 0,
    connectFailures: 0,
    drops: 0,
    frames: 0,
    badFrames: 0,
    acks: 0,
    acksDropped: 0,
    acksLate: 0,
    overloads: 0,
  })
  sim.faults.gateway.answer({ status: 503, times: 2 })
  await client.start()
  for (let i = 0; i < 3; i++) await sim.push(BOT_PUSH)
  sim.faults.garbage('{')
  await until(() => client.stats().frames === 4)
  frames[0]?.respond()
  const now = performance.now()
  clock.mockReturnValue(now + 3_500)
  frames[1]?.respond()
  clock.mockRestore()
  const back = entered(client, 'online')
  sim.faults.reset()
  await back
  frames[2]?.respond()
  expect(client.stats()).toEqual({
    state: 'online',
    connections: 1,
    connects: 2,
    connectFailures: 2,
    drops: 1,
    frames: 4,
    badFrames: 1,
    acks: 2,
    acksDropped: 1,
    acksLate: 1,
    overloads: 0,
  })
})

test('the life of each connection is published on a diagnostics channel', async () => {
  const events: object[] = []
  const record = (message: unknown): void => {
    if (typeof message === 'object' && message) events.push(message)
  }
  channel('dingware.connection').subscribe(record)
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  sim.rotate({ closeAfter: 60_000 })
  await until(() => client.stats().connects === 2 && client.stats().connections === 1)
  await client.stop()
  channel('dingware.connection').unsubscribe(record)
  expect(events).toEqual([
    { type: 'open', open: 1 },
    { type: 'end', reason: 'disconnect', detail: expect.any(String), livedMs: expect.any(Number), stillOpen: true },
    { type: 'open', open: 2 },
    { type: 'close', open: 1 },
    { type: 'close', open: 0 },
  ])
})

test('each attempt to connect can be traced, with the error of one that failed', async () => {
  const traced: [string, unknown][] = []
  const record =
    (phase: string) =>
    (context: unknown): unknown =>
      traced.push([phase, context])
  const subscribers = { start: record('start'), end: record('end'), error: record('error') }
  const recorders = { ...subscribers, asyncStart: record('asyncStart'), asyncEnd: record('asyncEnd') }
  const attempts = tracingChannel<unknown, object>('dingware.connection')
  attempts.subscribe(recorders)
  await using sim = await createSimulator()
  sim.faults.gateway.answer({ status: 503 })
  await using client = await connectClient(sim, FAST)
  attempts.unsubscribe(recorders)
  const phases = traced.map(([phase]) => phase)
  expect(phases).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd', 'start', 'end', 'asyncStart', 'asyncEnd'])
  expect(traced[2]?.[1]).toMatchObject({ error: { name: 'GatewayError', status: 503 } })
  expect(client.state).toBe('online')
})

test('the log tells of a loss with its reason, and is quiet while all is well', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  expect(client.log.entries.filter(({ level }) => level !== 'debug')).toEqual([])
  const back = entered(client, 'online')
  sim.faults.drop({ code: 1001 })
  await back
  expect(client.log.entries).toContainEqual({
    level: 'info',
    message: 'A connection was lost; a new one is opened.',
    fields: { reason: 'closed', detail: 'closed by the peer', livedMs: expect.any(Number), stillOpen: false },
  })
})
