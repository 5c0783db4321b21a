import { createSimulator } from '@dingware/simulator'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import {
  BOT_PUSH,
  connectClient,
  createClient,
  EVENT_PUSH,
  entered,
  FAST,
  openCalls,
  until,
} from '../testing/client.ts'
import { startRawGateway } from '../testing/raw-gateway.ts'

const stopped = { code: 'ERR_STOPPED' }

test('stop() closes the socket, and once more does nothing more', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim, { connections: 2 })
  await until(() => client.stats().connections === 2)
  await Promise.all([client.stop(), client.stop()])
  await client.stop()
  expect(client.states).toEqual(['connecting', 'online', 'draining', 'stopped'])
  await sim.until(() => sim.connections.length === 0)
  expect(client.stats().connections).toBe(0)
})

test('stop() before start() leaves a client that can be started', async () => {
  await using sim = await createSimulator()
  await using client = createClient(sim)
  await client.stop()
  expect(client.state).toBe('stopped')
  await client.start()
  expect(client.state).toBe('online')
})

test('stop() during the call to the gateway ends it', async () => {
  await using sim = await createSimulator()
  sim.faults.gateway.answer({ delay: Number.POSITIVE_INFINITY })
  await using client = createClient(sim)
  const started = client.start()
  started.catch(() => {})
  await vi.waitUntil(() => client.state === 'connecting')
  await client.stop()
  await expect(started).rejects.toMatchObject(stopped)
  expect(client.state).toBe('stopped')
})

test('stop() during the handshake ends it', async () => {
  await using gateway = await startRawGateway({ onHandshake: () => true })
  await using client = createClient(gateway, { handshakeTimeout: 600_000 })
  const started = client.start()
  started.catch(() => {})
  await until(() => gateway.handshakes.length === 1)
  await client.stop()
  await expect(started).rejects.toMatchObject(stopped)
})

test('stop() during a back-off ends it: no attempt follows', async () => {
  await using sim = await createSimulator()
  sim.faults.gateway.answer({ status: 503, times: 100 })
  const reconnect = { base: 60_000, cap: 60_000, random: () => 1 }
  await using client = createClient(sim, { reconnect })
  const started = client.start()
  started.catch(() => {})
  await vi.waitUntil(() => client.stats().connectFailures === 2)
  await client.stop()
  await expect(started).rejects.toMatchObject(stopped)
  expect(openCalls(sim)).toHaveLength(2)
})

test('stop() after a drop, before the next attempt, leaves the client offline', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim, { reconnect: { jitter: 60_000, random: () => 1 } })
  sim.faults.reset()
  await entered(client, 'reconnecting')
  await client.stop()
  expect(client.state).toBe('stopped')
  expect(openCalls(sim)).toHaveLength(1)
  expect(sim.connections).toEqual([])
})

test('stop() of a socket whose other side is gone takes no longer than its close timeout', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  sim.faults.halfOpen()
  await client.stop()
  await sim.until(() => sim.connections.length === 0)
})

test('stop() waits for answers still owed, and leaves new frames to the platform', async () => {
  await using sim = await createSimulator()
  let answer = (): void => {}
  const onFrame = vi.fn(frame => {
    answer = () => void frame.respond({ data: 'late' })
  })
  await using client = await connectClient(sim, { onFrame })
  const owed = await sim.push(BOT_PUSH)
  await vi.waitUntil(() => onFrame.mock.calls.length === 1)
  const done = client.stop()
  expect(client.state).toBe('draining')
  const event = await sim.push(EVENT_PUSH)
  expect(await event.ack).toMatchObject({ status: 'acked', data: expect.stringContaining('LATER') })
  answer()
  expect(await owed.ack).toMatchObject({ status: 'acked', data: 'late' })
  await done
  expect(onFrame).toHaveBeenCalledTimes(1)
})

test('stop() gives up waiting for an answer after its timeout', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim, { onFrame: () => {} })
  const { ack } = await sim.push(BOT_PUSH)
  await client.stop({ timeout: 50 })
  expect(await ack).toEqual({ status: 'closed' })
})

test('start() after stop() connects anew', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  const done = client.stop()
  await client.start()
  await done
  expect(client.state).toBe('online')
  expect(client.stats()).toMatchObject({ connections: 1, connects: 2 })
})

test('start() between two calls of stop() does not bring the client back', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  const first = client.stop()
  const started = client.start()
  started.catch(() => {})
  await Promise.all([first, client.stop()])
  await expect(started).rejects.toMatchObject(stopped)
  expect(client.state).toBe('stopped')
})

test.each(['connecting', 'online', 'draining'] as const)(
  'a listener may stop the client when it is %s',
  async state => {
    await using sim = await createSimulator()
    await using client = createClient(sim)
    client.onState(now => {
      if (now === state) void client.stop()
    })
    const started = client.start()
    if (state === 'connecting') await expect(started).rejects.toMatchObject(stopped)
    else await started
    if (state === 'draining') void client.stop()
    await until(() => client.state === 'stopped')
    await sim.until(() => sim.connections.length === 0)
    expect(client.states.at(-1)).toBe('stopped')
  },
)

test('a signal that aborts before it is online fails start() with its reason', async () => {
  await using sim = await createSimulator()
  sim.faults.gateway.answer({ delay: Number.POSITIVE_INFINITY })
  await using client = createClient(sim)
  const reason = new Error('enough')
  const started = client.start({ signal: AbortSignal.abort(reason) })
  await expect(started).rejects.toBe(reason)
  expect(client.state).toBe('idle')
  const controller = new AbortController()
  const second = client.start({ signal: controller.signal })
  controller.abort(reason)
  await expect(second).rejects.toBe(reason)
  expect(client.state).toBe('stopped')
})

test('a signal that aborts later stops the client, also one of a second call', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  const controller = new AbortController()
  await client.start({ signal: controller.signal })
  const done = entered(client, 'stopped')
  controller.abort()
  await done
  await sim.until(() => sim.connections.length === 0)
})

test('whatever the order of start() and stop(), the last one decides', async () => {
  await using sim = await createSimulator()
  const calls = fc.array(fc.constantFrom('start', 'stop', 'breathe'), { minLength: 1, maxLength: 8 })
  const property = fc.asyncProperty(calls, async calls => {
    await using client = createClient(sim, FAST)
    const pending: Promise<void>[] = []
    for (const call of calls) {
      if (call === 'start') pending.push(client.start().catch(() => {}))
      else if (call === 'stop') pending.push(client.stop())
      else await new Promise(resolve => setImmediate(resolve))
    }
    await Promise.all(pending)
    const wanted = calls.filter(call => call !== 'breathe').at(-1) === 'start' ? 1 : 0
    expect(client.stats().connections).toBe(wanted)
    await client.stop()
    await sim.until(() => sim.connections.length === 0)
  })
  await fc.assert(property, { numRuns: 60 })
})
