import { createSimulator, type Delivery, type Simulator } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { BOT_PUSH, connectClient, entered, FAST, openCalls, openConnections, until } from '../testing/client.ts'

/** The fewest connections that took pushes at any time since it was called. */
function watchFewest(sim: Simulator): { readonly fewest: number } {
  let fewest = openConnections(sim).length
  sim.on(() => {
    fewest = Math.min(fewest, openConnections(sim).length)
  })
  return {
    get fewest() {
      return fewest
    },
  }
}

test('after `disconnect` the new connection is open before the old one is closed', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  const [old] = sim.connections
  let overlap = 0
  sim.on(() => {
    overlap = Math.max(overlap, sim.connections.length)
  })
  sim.rotate({ closeAfter: 60_000 })
  await until(() => client.stats().connects === 2)
  // The server would keep it for a minute: it is the client that lets it go, because it owes nothing.
  await sim.until(() => !sim.connections.some(({ id }) => id === old?.id))
  expect(overlap).toBe(2)
  await until(() => client.stats().connections === 1)
  expect(client.states).toEqual(['connecting', 'online'])
  expect(client.stats()).toMatchObject({ drops: 0, connects: 2 })
  expect(openCalls(sim)).toHaveLength(2)
})

test('an answer owed before `disconnect` goes back on the old connection, which stays for it', async () => {
  await using sim = await createSimulator()
  const frames: StreamFrame[] = []
  await using client = await connectClient(sim, { onFrame: frame => void frames.push(frame) })
  const owed = await sim.push(BOT_PUSH)
  await until(() => frames.length === 1)
  sim.rotate({ closeAfter: 60_000 })
  await sim.until(() => sim.connections.length === 2)
  const next = await sim.push(BOT_PUSH)
  expect(next.connectionId).not.toBe(owed.connectionId)
  await until(() => frames.length === 2)
  for (const frame of frames.reverse()) expect(frame.respond()).toBe(true)
  expect(await owed.ack).toMatchObject({ status: 'acked' })
  expect(await next.ack).toMatchObject({ status: 'acked' })
  await sim.until(() => sim.connections.length === 1)
  expect(sim.violations).toEqual([])
  expect(client.stats()).toMatchObject({ acks: 2, acksDropped: 0 })
})

test('an answer that does not come keeps the old connection for the drain timeout only', async () => {
  await using sim = await createSimulator()
  const onFrame = vi.fn<(frame: StreamFrame) => void>()
  await using client = await connectClient(sim, { onFrame, drainTimeout: 100 })
  const { ack } = await sim.push(BOT_PUSH)
  await until(() => onFrame.mock.calls.length === 1)
  sim.rotate({ closeAfter: 60_000 })
  expect(await ack).toEqual({ status: 'closed' })
  expect(onFrame.mock.calls[0]?.[0].respond()).toBe(false)
  await until(() => client.stats().connections === 1)
  expect(client.stats()).toMatchObject({ acks: 0, acksDropped: 1, drops: 0 })
})

test('while no replacement is to be had, the old connection is kept', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim, FAST)
  sim.faults.gateway.answer({ status: 503, times: 4 })
  sim.rotate({ closeAfter: 60_000 })
  await until(() => client.stats().connects === 2)
  expect(client.states).toEqual(['connecting', 'online'])
  expect(client.stats().connectFailures).toBe(4)
})

test('`disconnect` said twice brings one replacement', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  const [first] = sim.connections
  for (const closeAfter of [60_000, 50_000]) sim.faults.disconnect({ connectionId: first?.id ?? '', closeAfter })
  await until(() => client.stats().connects === 2 && client.stats().connections === 1)
  const { ack } = await sim.push(BOT_PUSH)
  expect(await ack).toMatchObject({ status: 'acked' })
  expect(openCalls(sim)).toHaveLength(2)
})

test('a server that says `disconnect` to every connection is called ever more rarely', async () => {
  await using sim = await createSimulator()
  const reconnect = { random: () => 1, jitter: 10, base: 40, cap: 160, stableAfter: 60_000 }
  await using client = await connectClient(sim, { reconnect })
  const since = performance.now()
  for (let connects = 1; connects <= 5; connects++) {
    await sim.until(() => client.stats().connects === connects && openConnections(sim).length === 1)
    sim.rotate({ closeAfter: 60_000 })
  }
  await until(() => client.stats().connects === 6)
  expect(performance.now() - since).toBeGreaterThan(10 + 40 + 80 + 160 + 160 - 10)
})

test('a planned rotation replaces each connection without a gap, and without waiting longer each time', async () => {
  await using sim = await createSimulator()
  const reconnect = { base: 600_000, cap: 600_000 }
  await using client = await connectClient(sim, { rotateAfter: 40, reconnect })
  await sim.until(() => openConnections(sim).length === 1)
  const watch = watchFewest(sim)
  await until(() => client.stats().connects >= 8)
  expect(watch.fewest).toBe(1)
  expect(client.states).toEqual(['connecting', 'online'])
  expect(client.stats().drops).toBe(0)
})

test('no push is lost, and none is answered twice, while connections rotate', async () => {
  await using sim = await createSimulator({ seed: 7 })
  const seen = new Map<string | undefined, number>()
  const onFrame = (frame: StreamFrame): void => {
    seen.set(frame.headers.messageId, (seen.get(frame.headers.messageId) ?? 0) + 1)
    setTimeout(() => frame.respond(), 20)
  }
  await using client = await connectClient(sim, { ...FAST, onFrame, connections: 2 })
  const pushes: Delivery[] = []
  for (let round = 0; round < 10; round++) {
    await sim.connected(2)
    for (let i = 0; i < 10; i++) pushes.push(await sim.push(BOT_PUSH))
    const [victim] = openConnections(sim)
    sim.faults.disconnect({ connectionId: victim?.id ?? '', closeAfter: 60_000 })
    for (let i = 0; i < 10; i++) pushes.push(await sim.push(BOT_PUSH))
  }
  const results = await Promise.all(pushes.map(({ ack }) => ack))
  expect(results.filter(({ status }) => status !== 'acked')).toEqual([])
  expect(pushes.map(({ messageId }) => seen.get(messageId))).toEqual(pushes.map(() => 1))
  expect(sim.violations).toEqual([])
  expect(client.stats()).toMatchObject({ drops: 0, acksDropped: 0 })
})

test('the state stays online while a connection is replaced, and a drop is seen after one', async () => {
  await using sim = await createSimulator()
  await using client = await connectClient(sim)
  sim.rotate()
  await until(() => client.stats().connects === 2)
  await sim.until(() => sim.connections.length === 1)
  const [lost, back] = [entered(client, 'reconnecting'), entered(client, 'online')]
  sim.faults.reset()
  await lost
  await back
  expect(client.states).toEqual(['connecting', 'online', 'reconnecting', 'online'])
})
