import { createSimulator, type Simulator } from '@dingware/simulator'
import { expect, test } from 'vitest'
import { type Child, runScript } from '../testing/child.ts'
import { BOT_PUSH, BOT_TOPIC, FAST, openCalls, type TestOptions, until } from '../testing/client.ts'
import { startProxy } from '../testing/proxy.ts'
import { startRawGateway } from '../testing/raw-gateway.ts'
import type { ClientScript } from '../testing/scripts/client.ts'
import { startTcpServer } from '../testing/tcp-server.ts'

/** A process with a client and nothing else: it ends by itself once the client leaves nothing behind. */
function startProcess(
  sim: Pick<Simulator, 'clientId' | 'clientSecret' | 'url'>,
  options: TestOptions = {},
  handlers: ClientScript['handlers'] = 'answer',
): Child {
  const { clientId, clientSecret, url: endpoint } = sim
  const subscriptions = [{ type: 'CALLBACK', topic: BOT_TOPIC }] as const
  const input: ClientScript = { options: { clientId, clientSecret, endpoint, subscriptions, ...options }, handlers }
  return runScript('client', input)
}

async function stopAndExit(child: Child): Promise<void> {
  child.process.kill('SIGUSR2')
  expect(await child.exited).toBe(0)
  expect(child.stdout).toContain('end\n')
  expect(child.stderr.replaceAll(/^.* WARN .*\n/gm, '')).toBe('')
}

test('a process ends by itself after stop() while online', async () => {
  await using sim = await createSimulator()
  await using child = startProcess(sim, { connections: 2, rotateAfter: 60_000 })
  await child.said('online')
  await stopAndExit(child)
})

test('a process ends by itself after stop() while handlers hang', async () => {
  await using sim = await createSimulator()
  await using child = startProcess(sim, {}, 'hang')
  await child.said('online')
  const { ack } = await sim.push(BOT_PUSH)
  await stopAndExit(child)
  expect(await ack).toEqual({ status: 'closed' })
})

test('a process ends by itself after stop() during the call to the gateway', async () => {
  await using mute = await startTcpServer()
  await using child = startProcess({ clientId: 'a', clientSecret: 'b', url: `http://127.0.0.1:${mute.port}` })
  await child.said('connecting')
  await until(() => mute.accepted === 1)
  await stopAndExit(child)
})

test('a process ends by itself after stop() during the handshake', async () => {
  await using gateway = await startRawGateway({ onHandshake: () => true })
  await using child = startProcess(gateway)
  await until(() => gateway.handshakes.length === 1, 10_000)
  await stopAndExit(child)
})

test('a process ends by itself after stop() during a back-off', async () => {
  await using sim = await createSimulator()
  sim.faults.gateway.answer({ status: 503, times: 100 })
  await using child = startProcess(sim, { reconnect: { base: 600_000, cap: 600_000 } })
  await sim.until(() => openCalls(sim).length === 2, { timeout: 10_000 })
  await stopAndExit(child)
})

test('a process ends by itself after stop() while a proxy keeps the handshake waiting', async () => {
  await using sim = await createSimulator()
  let tunnels = 0
  await using proxy = await startProxy({ onConnect: () => ++tunnels === 2 })
  await using child = startProcess(sim, { proxy: proxy.url })
  await until(() => tunnels === 2, 10_000)
  await stopAndExit(child)
})

test('a process ends by itself when start() fails', async () => {
  await using sim = await createSimulator()
  await using child = startProcess({ ...sim, clientSecret: 'not-the-secret' })
  expect(await child.exited).toBe(0)
  expect(child.stdout).toMatch(/^connecting\ndraining\nstopped\nfailed: GatewayError\n/)
})

test('a process ends by itself after stop() of a socket that is half open', async () => {
  await using sim = await createSimulator()
  await using child = startProcess(sim, FAST)
  await child.said('online')
  sim.faults.halfOpen()
  await stopAndExit(child)
})
