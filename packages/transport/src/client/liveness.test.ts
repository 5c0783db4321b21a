import { setTimeout } from 'node:timers/promises'
import { createSimulator } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'
import { runScript } from '../testing/child.ts'
import { connectClient, createClient, entered, FAST, openCalls, until } from '../testing/client.ts'
import { type RawGateway, startRawGateway } from '../testing/raw-gateway.ts'
import type { BlockingScript } from '../testing/scripts/blocking.ts'
import type { ClientScript } from '../testing/scripts/client.ts'

test('a socket whose other side fell silent is replaced after two unanswered pings', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim, { ...FAST, heartbeat: { interval: 50 } })
  const back = entered(client, 'online')
  sim.faults.halfOpen()
  await back
  const lost = client.log.entries.find(({ message }) => message.startsWith('A connection was lost'))
  expect(lost?.fields).toMatchObject({ detail: 'pings stayed unanswered' })
  expect(client.stats()).toMatchObject({ drops: 1, connects: 2, connections: 1 })
})

/** Waits until the client pinged so many times. */
function pinged(gateway: RawGateway, times: number): Promise<void> {
  let count = 0
  gateway.sockets[0]?.on('ping', () => count++)
  return until(() => count >= times)
}

test('a socket on which nothing happens but pings is not dead', async () => {
  await using gateway = await startRawGateway()
  await using client = createClient(gateway, { heartbeat: { interval: 20, misses: 2 } })
  await client.start()
  await pinged(gateway, 10)
  expect(client.stats()).toMatchObject({ frames: 0, drops: 0, connections: 1 })
})

test('a server that answers no ping but sends frames is not dead', async () => {
  await using gateway = await startRawGateway({
    onSocket: socket => {
      socket.pong = () => {}
      const timer = setInterval(() => socket.send('{}'), 10)
      socket.once('close', () => clearInterval(timer))
    },
  })
  await using client = createClient(gateway, { heartbeat: { interval: 100, misses: 1 } })
  await client.start()
  await pinged(gateway, 5)
  expect(client.stats()).toMatchObject({ drops: 0, connections: 1 })
})

test('no ping goes out before the handshake is over, however long that takes', async () => {
  await using sim = await createSimulator()
  sim.faults.handshake({ delay: 300 })
  await using client = await connectClient(sim, { heartbeat: { interval: 20, misses: 2 } })
  expect(client.stats().connectFailures).toBe(0)
})

test('an event loop that is blocked for many heartbeats does not kill a healthy socket', async () => {
  await using sim = await createSimulator()
  const { clientId, clientSecret, url: endpoint } = sim
  const heartbeat = { interval: 40, misses: 1 }
  const input: BlockingScript = {
    options: { clientId, clientSecret, endpoint, subscriptions: [], heartbeat, wake: { interval: 20, jump: 300 } },
    times: 6,
    blockFor: 500,
  }
  await using child = runScript('blocking', input)
  expect(await child.exited).toBe(0)
  expect(JSON.parse(child.stdout)).toMatchObject({ connects: 1, drops: 0, state: 'online' })
})

/** Lets the wall clock jump ahead by a minute, as a sleeping machine does. */
function jumpAhead(): void {
  const now = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => now() + 60_000)
}

test('a wall clock that jumps renews all connections at once', async () => {
  await using sim = await createSimulator()
  const wake = { interval: 20, jump: 1_000 }
  await using client = await connectClient(sim, { wake, connections: 2, reconnect: { base: 600_000 } })
  await sim.connected(2)
  await until(() => client.stats().connections === 2)
  jumpAhead()
  await until(() => client.stats().connects === 4 && client.stats().connections === 2)
  expect(client.stats().drops).toBe(0)
  expect(client.log.entries.some(({ message }) => message.includes('slept'))).toBe(true)
})

test('a wall clock that jumps cuts a long back-off short', async () => {
  await using sim = await createSimulator()
  const reconnect = { base: 600_000, cap: 600_000, random: () => 1 }
  await using client = await connectClient(sim, { wake: { interval: 20, jump: 1_000 }, reconnect })
  sim.faults.gateway.answer({ status: 503 })
  sim.faults.reset()
  await until(() => client.stats().connectFailures === 1)
  const back = entered(client, 'online')
  jumpAhead()
  await back
})

test('a process that was stopped for a while renews its connection, although both clocks ran on', async () => {
  await using sim = await createSimulator()
  const { clientId, clientSecret, url: endpoint } = sim
  const input: ClientScript = {
    options: { clientId, clientSecret, endpoint, subscriptions: [], wake: { interval: 50, jump: 500 } },
  }
  await using child = runScript('client', input)
  await child.said('idle')
  // Stopped in the middle of its work it would count as blocked, so it is stopped until that was while it was idle.
  while (openCalls(sim).length === 1) {
    child.process.kill('SIGSTOP')
    await setTimeout(1_500)
    child.process.kill('SIGCONT')
    await sim.until(() => openCalls(sim).length === 2, { timeout: 1_500 }).catch(() => {})
  }
  child.process.kill('SIGUSR2')
  expect(await child.exited).toBe(0)
})
