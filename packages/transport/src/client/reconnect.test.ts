import { createSimulator } from '@dingware/simulator'
import { expect, test } from 'vitest'
import type { Subscription } from '../gateway/gateway.ts'
import { connectClient, createClient, entered, FAST, openCalls, until } from '../testing/client.ts'
import { startProxy } from '../testing/proxy.ts'
import { startRawGateway } from '../testing/raw-gateway.ts'
import { findClosedPort } from '../testing/tcp-server.ts'

/** Every step at its longest, so that a wait too short shows. */
const longest = { random: () => 1 }

test.each(['drop', 'reset'] as const)('after a %s the next connection is opened at once', async fault => {
  await using sim = await createSimulator()
  // Any step but the first would outlast the test.
  await using client = await connectClient(sim, { reconnect: { base: 600_000, cap: 600_000 } })
  const back = entered(client, 'online')
  sim.faults[fault]()
  await back
  expect(client.states).toEqual(['connecting', 'online', 'reconnecting', 'online'])
  expect(client.stats()).toMatchObject({ drops: 1, connects: 2, connections: 1 })
})

test('a server that accepts and drops is called ever more rarely', async () => {
  await using sim = await createSimulator()
  sim.faults.acceptThenDrop({ times: 6 })
  const reconnect = { ...longest, jitter: 10, base: 40, cap: 160, stableAfter: 60_000 }
  await using client = await connectClient(sim, { reconnect })
  await until(() => client.stats().connects === 7)
  const times = openCalls(sim).map(({ at }) => at)
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  // The clock counts whole milliseconds.
  for (const [index, step] of [10, 40, 80, 160, 160, 160].entries()) {
    expect(gaps[index]).toBeGreaterThanOrEqual(step - 2)
  }
})

test('a gateway that refuses connections is not stormed', async () => {
  const url = `http://127.0.0.1:${await findClosedPort()}`
  const reconnect = { ...longest, jitter: 10, base: 40, cap: 160 }
  await using client = createClient({ clientId: 'a', clientSecret: 'b', url }, { reconnect })
  const since = performance.now()
  client.start().catch(() => {})
  await until(() => client.stats().connectFailures === 7)
  expect(performance.now() - since).toBeGreaterThan(10 + 40 + 80 + 160 + 160 + 160 - 10)
})

test('a connection that was stable lets the next one follow at once again', async () => {
  await using sim = await createSimulator()
  const reconnect = { base: 600_000, cap: 600_000, stableAfter: 50 }
  await using client = await connectClient(sim, { reconnect })
  for (let i = 0; i < 3; i++) {
    const since = performance.now()
    await until(() => performance.now() - since > 60)
    const back = entered(client, 'online')
    sim.faults.reset()
    await back
  }
  expect(client.stats().connects).toBe(4)
})

test('every attempt has a ticket of its own', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim, FAST)
  sim.faults.handshake({ refuse: 400, times: 3 })
  const back = entered(client, 'online')
  sim.faults.reset()
  await back
  // The simulator refuses a ticket that was used before.
  expect(openCalls(sim)).toHaveLength(5)
  expect(client.stats()).toMatchObject({ connects: 2, connectFailures: 3 })
})

test('a ticket is encoded in the address of the socket', async () => {
  const ticket = '9d6f+a/b=&x?y#z 中'
  await using gateway = await startRawGateway({ ticket: () => ticket })
  await using client = createClient(gateway)
  await client.start()
  const [target = ''] = gateway.handshakes
  expect(target).not.toContain(ticket)
  const { searchParams } = new URL(target, gateway.url)
  expect([...searchParams]).toEqual([['ticket', ticket]])
})

test('a gateway that does not answer is given up after its limit', async () => {
  await using sim = await createSimulator()
  sim.faults.gateway.answer({ delay: Number.POSITIVE_INFINITY })
  await using client = await connectClient(sim, { ...FAST, gatewayTimeout: 500 })
  expect(client.stats().connectFailures).toBe(1)
  expect(client.log.complaints).toEqual([expect.stringContaining('given up after 500 ms')])
})

test('a handshake that is not answered is given up after its limit', async () => {
  await using sim = await createSimulator()
  sim.faults.handshake({ delay: 60_000 })
  await using client = await connectClient(sim, { ...FAST, handshakeTimeout: 500 })
  expect(client.log.complaints).toEqual([expect.stringContaining('did not open within 500 ms')])
})

test('a handshake that is answered a letter at a time is given up after its limit', async () => {
  let drip: NodeJS.Timeout | undefined
  await using gateway = await startRawGateway({
    onHandshake: stream => {
      if (drip) return false
      stream.write('HTTP/1.1 101 Switching Protocols\r\nX-Slow: ')
      drip = setInterval(() => stream.writable && stream.write('a'), 20)
      return true
    },
  })
  await using client = createClient(gateway, { ...FAST, handshakeTimeout: 600 })
  await client.start()
  clearInterval(drip)
  expect(client.log.complaints).toEqual([expect.stringContaining('did not open within 600 ms')])
})

test('a proxy that does not let the handshake through is given up after its limit', async () => {
  await using sim = await createSimulator()
  let tunnels = 0
  // The first tunnel is that of the gateway call, the second that of the handshake.
  await using proxy = await startProxy({ onConnect: () => ++tunnels === 2 })
  await using client = createClient(sim, { ...FAST, proxy: proxy.url, handshakeTimeout: 600 })
  await client.start()
  expect(client.log.complaints).toEqual([expect.stringContaining('did not open within 600 ms')])
})

test('once online, a credential that is refused is an error in the log, and tried again', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim, FAST)
  sim.faults.gateway.answer({ status: 401, body: { code: 'authFailed', message: '鉴权失败' }, times: 2 })
  const back = entered(client, 'online')
  sim.faults.reset()
  await back
  const errors = client.log.entries.filter(({ level }) => level === 'error')
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringMatching(/cannot connect any more.*clientSecret/),
    expect.stringMatching(/cannot connect any more.*clientSecret/),
  ])
})

test('subscriptions given as a function are asked at each connect', async () => {
  await using sim = await createSimulator()
  let topic = '/one'
  const subscriptions = (): Subscription[] => [{ type: 'CALLBACK', topic }]
  await using client = await connectClient(sim, { subscriptions })
  await sim.until(() => sim.connections[0]?.subscriptions[0]?.topic === '/one')
  topic = '/two'
  const back = entered(client, 'online')
  sim.faults.reset()
  await back
  await sim.until(() => sim.connections[0]?.subscriptions[0]?.topic === '/two')
})
