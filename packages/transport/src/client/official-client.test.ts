import { createSimulator } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { runScript } from '../testing/child.ts'
import {
  BOT_PUSH,
  BOT_TOPIC,
  connectClient,
  createClient,
  EVENT_PUSH,
  entered,
  openCalls,
  until,
} from '../testing/client.ts'
import { recordingLogger } from '../testing/recording-logger.ts'
import type { TalkativeScript } from '../testing/scripts/talkative.ts'
import { findClosedPort } from '../testing/tcp-server.ts'
import { answering } from './answering.ts'

// Each of these was measured to fail with the official client (dingtalk-stream 2.1.5).

test('the LATER of an async event handler is waited for, and is the answer', async () => {
  await using sim = await createSimulator()
  const later = { data: { status: 'LATER', message: 'not now' } }
  const handler = () => new Promise<typeof later>(resolve => setTimeout(resolve, 200, later))
  await using _client = await connectClient(sim, { onFrame: answering(handler) })
  const { ack } = await sim.push(EVENT_PUSH)
  expect(await ack).toMatchObject({ status: 'acked', data: '{"status":"LATER","message":"not now"}' })
})

test('`disconnect` brings a new connection before the old one is gone', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  sim.rotate()
  await sim.until(() => sim.connections.some(({ state }) => state === 'open'))
  expect(client.states).toEqual(['connecting', 'online'])
  const { ack } = await sim.push(BOT_PUSH)
  expect(await ack).toMatchObject({ status: 'acked' })
})

test('a handler that throws answers each delivery, and no rejection goes unhandled', async () => {
  const onUnhandled = vi.fn()
  process.on('unhandledRejection', onUnhandled)
  await using sim = await createSimulator()
  const handler = vi.fn(async () => JSON.parse('{'))
  await using _client = await connectClient(sim, { onFrame: answering(handler, { logger: recordingLogger() }) })
  for (let i = 0; i < 2; i++) {
    const { ack } = await sim.push({ ...BOT_PUSH, headers: { messageId: 'the-same' } })
    expect(await ack).toMatchObject({ status: 'acked', code: 500 })
  }
  await new Promise(resolve => setImmediate(resolve))
  expect(onUnhandled).not.toHaveBeenCalled()
  process.off('unhandledRejection', onUnhandled)
})

test('a malformed frame is dropped, and nothing is thrown', async () => {
  const onUncaught = vi.fn()
  process.on('uncaughtExceptionMonitor', onUncaught)
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  sim.faults.garbage('{"type":"CALLBACK",')
  const { ack } = await sim.push(BOT_PUSH)
  expect(await ack).toMatchObject({ status: 'acked' })
  expect(client.stats()).toMatchObject({ badFrames: 1, drops: 0 })
  expect(onUncaught).not.toHaveBeenCalled()
  process.off('uncaughtExceptionMonitor', onUncaught)
})

test('stop() after a drop, before the next attempt, keeps the client offline', async () => {
  await using sim = await createSimulator()
  const jitter = 100
  await using client = await connectClient(sim, { reconnect: { jitter, random: () => 1 } })
  sim.faults.drop()
  await entered(client, 'reconnecting')
  await client.stop()
  const since = performance.now()
  await until(() => performance.now() - since > 3 * jitter)
  expect(openCalls(sim)).toHaveLength(1)
  expect(sim.connections).toEqual([])
})

test('three calls of start() make one connection, and stop() closes it', async () => {
  await using sim = await createSimulator()
  await using client = createClient(sim)
  await Promise.all([client.start(), client.start(), client.start()])
  expect(openCalls(sim)).toHaveLength(1)
  await client.stop()
  await sim.until(() => sim.connections.length === 0)
})

test('debug output does not contain the client secret', async () => {
  const clientSecret = 'S3cret-of-the-app_0123456789'
  await using sim = await createSimulator({ clientSecret })
  const { clientId, url: endpoint } = sim
  const subscriptions = [{ type: 'CALLBACK', topic: BOT_TOPIC }] as const
  const input: TalkativeScript = { options: { clientId, clientSecret, endpoint, subscriptions } }
  await using child = runScript('talkative', input, { env: { DEBUG: 'dingware:*' } })
  await child.said('online')
  child.process.kill('SIGUSR2')
  await child.exited
  expect(child.stderr).toContain('dingware:transport')
  expect(child.stdout + child.stderr).not.toContain(clientSecret)
})

test('a refused connection is tried a few times in the first seconds, not dozens of times', async () => {
  const url = `http://127.0.0.1:${await findClosedPort()}`
  const reconnect = { random: () => 1 }
  await using client = createClient({ clientId: 'a', clientSecret: 'b', url }, { reconnect })
  client.start().catch(() => {})
  const since = performance.now()
  await until(() => performance.now() - since > 2_000)
  // At once, after 50 ms, after another second; the next ones are due after three and after seven.
  expect(client.stats().connectFailures).toBeGreaterThanOrEqual(2)
  expect(client.stats().connectFailures).toBeLessThanOrEqual(5)
})

test('a credential that is refused fails start() at the first attempt, with what to check', async () => {
  await using sim = await createSimulator()
  await using client = createClient(sim, { clientSecret: 'not-the-secret' })
  await expect(client.start()).rejects.toThrow(/check clientId .* and clientSecret/)
  expect(openCalls(sim)).toHaveLength(1)
  expect(client.state).toBe('stopped')
})

test('frames of a handler that outlives the client are answered nowhere', async () => {
  await using sim = await createSimulator()
  const frames: StreamFrame[] = []
  await using client = await connectClient(sim, { onFrame: frame => void frames.push(frame) })
  await sim.push(BOT_PUSH)
  await until(() => frames.length === 1)
  await client.stop({ timeout: 0 })
  expect(frames[0]?.respond()).toBe(false)
  expect(client.stats()).toMatchObject({ acks: 0, acksDropped: 1 })
})
