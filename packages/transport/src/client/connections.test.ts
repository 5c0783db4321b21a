import { createSimulator, type Delivery } from '@dingware/simulator'
import { describe, expect, test, vi } from 'vitest'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { BOT_PUSH, connectClient, entered, FAST, openCalls, openConnections, until } from '../testing/client.ts'

describe.each(['share', 'displace'] as const)('where connections of an app %s', connectionPolicy => {
  test('one connection delivers frames and takes answers', async () => {
    await using sim = await createSimulator({ connectionPolicy, firstPing: 60_000 })
    await using client = await connectClient(sim, { onFrame: frame => void frame.respond({ data: frame.data }) })
    const { ack } = await sim.push({ ...BOT_PUSH, data: { hello: 1 } })
    expect(await ack).toMatchObject({ status: 'acked', code: 200, data: '{"hello":1}' })
    expect(client.stats()).toMatchObject({ frames: 1, acks: 1 })
    expect(sim.violations).toEqual([])
  })

  test('it comes back after each kind of loss', async () => {
    await using sim = await createSimulator({ connectionPolicy })
    await using client = await connectClient(sim, FAST)
    for (const fault of ['drop', 'reset', 'halfOpen'] as const) {
      const back = entered(client, 'online')
      sim.faults[fault]()
      await back
      await sim.until(() => openConnections(sim).length === 1)
    }
    expect(client.stats()).toMatchObject({ drops: 3, connects: 4 })
  })

  test('it is replaced when the platform announces its end', async () => {
    await using sim = await createSimulator({ connectionPolicy })
    await using client = await connectClient(sim)
    sim.rotate({ closeAfter: 60_000 })
    await until(() => client.stats().connects === 2 && client.stats().connections === 1)
    const { ack } = await sim.push(BOT_PUSH)
    expect(await ack).toMatchObject({ status: 'acked' })
    expect(client.states).toEqual(['connecting', 'online'])
  })
})

describe('several connections', () => {
  test('bring their frames to one handler, and each answer goes back on its own', async () => {
    await using sim = await createSimulator({ seed: 3 })
    const frames: StreamFrame[] = []
    await using client = await connectClient(sim, { connections: 3, onFrame: frame => void frames.push(frame) })
    await sim.connected(3)
    const pushes: Delivery[] = []
    for (let i = 0; i < 30; i++) pushes.push(await sim.push(BOT_PUSH))
    await until(() => frames.length === 30)
    for (const frame of frames.reverse()) frame.respond()
    const results = await Promise.all(pushes.map(({ ack }) => ack))
    expect(new Set(pushes.map(({ connectionId }) => connectionId)).size).toBe(3)
    expect(results.every(({ status }) => status === 'acked')).toBe(true)
    expect(sim.violations).toEqual([])
    expect(client.stats()).toMatchObject({ connections: 3, acks: 30 })
  })

  test('lose no push that was sent after the server saw one of them close', async () => {
    await using sim = await createSimulator()
    // The lost one comes back late: the other carries all.
    await using client = await connectClient(sim, { connections: 2, reconnect: { jitter: 600_000, random: () => 1 } })
    await sim.connected(2)
    sim.faults.reset({ connectionId: sim.connections[0]?.id ?? '' })
    await sim.until(() => sim.connections.length === 1)
    const pushes = await Promise.all(Array.from({ length: 50 }, () => sim.push(BOT_PUSH)))
    const results = await Promise.all(pushes.map(({ ack }) => ack))
    expect(results.every(({ status }) => status === 'acked')).toBe(true)
    expect(client.states).toEqual(['connecting', 'online'])
  })

  test('are all back after a gateway that closed all of them, time and again', async () => {
    await using sim = await createSimulator()
    await using client = await connectClient(sim, { ...FAST, connections: 3 })
    for (let round = 1; round <= 5; round++) {
      await sim.connected(3)
      await until(() => client.stats().connections === 3)
      sim.faults.drop({ code: round % 2 === 0 ? 1000 : 1001 })
      await sim.until(() => openConnections(sim).length < 3)
    }
    await sim.connected(3)
    expect(client.log.complaints).toEqual([])
  })

  test('are all back after a gateway that asked one after another to go', async () => {
    await using sim = await createSimulator()
    await using client = await connectClient(sim, { ...FAST, connections: 3 })
    await sim.connected(3)
    await until(() => client.stats().connections === 3)
    // Nobody is back before all are gone.
    sim.faults.gateway.answer({ status: 503, times: Infinity })
    for (let left = 2; left >= 0; left--) {
      sim.faults.drop({ connectionId: sim.connections[0]?.id ?? '', code: 1000 })
      // Each of the two may see it first.
      await until(() => client.stats().connections === left && sim.connections.length === left)
    }
    sim.faults.clear()
    await sim.connected(3)
    // None takes the others for what displaced it.
    expect(client.log.complaints.filter(line => !line.includes('attempt failed'))).toEqual([])
  })

  test('work at any number without a warning of Node', async () => {
    const onWarning = vi.fn()
    process.on('warning', onWarning)
    await using sim = await createSimulator()
    sim.faults.gateway.answer({ status: 503, times: 20 })
    await using client = await connectClient(sim, { ...FAST, connections: 20 })
    await sim.connected(20)
    await client.stop()
    expect(onWarning).not.toHaveBeenCalled()
    process.off('warning', onWarning)
  })
})

describe('a platform that displaces', () => {
  test('own connections are reduced to one, which then has peace', async () => {
    await using sim = await createSimulator({ connectionPolicy: 'displace' })
    await using client = await connectClient(sim, { connections: 3 })
    await until(() => client.log.complaints.length === 2, 10_000)
    expect(client.log.complaints.every(line => line.includes('one fewer is kept'))).toBe(true)
    await until(() => client.stats().connections === 1)
    const { ack } = await sim.push(BOT_PUSH)
    expect(await ack).toMatchObject({ status: 'acked' })
    expect(openCalls(sim).length).toBeLessThan(10)
    // It still comes back when the network fails.
    const back = entered(client, 'online')
    sim.faults.reset()
    await back
    expect(client.stats().connections).toBe(1)
  })

  test('of two clients one stands by, and the other has peace', async () => {
    await using sim = await createSimulator({ connectionPolicy: 'displace' })
    const reconnect = { base: 10, cap: 60_000 }
    await using one = await connectClient(sim, { reconnect })
    await using two = await connectClient(sim, { reconnect })
    const clients = [one, two]
    await until(() => clients.some(({ log }) => log.complaints.length > 0), 10_000)
    const idler = clients.find(({ log }) => log.complaints.length > 0)
    const [owner] = clients.filter(client => client !== idler)
    expect(idler?.log.complaints).toEqual([expect.stringContaining('stands by')])
    // A client hears of its displacement later than the platform knows of it: both have to see one connection.
    const isSettled = (): boolean => sim.connections.filter(({ state }) => state === 'open').length === 1
    await until(() => idler?.state === 'reconnecting' && owner?.state === 'online' && isSettled())
    expect(openCalls(sim).length).toBeLessThan(12)
    const { ack } = await sim.push(BOT_PUSH)
    expect(await ack).toMatchObject({ status: 'acked' })
    expect(owner?.stats().acks).toBe(1)
  })

  test('who stood by comes back when the other has left', async () => {
    await using sim = await createSimulator({ connectionPolicy: 'displace' })
    const reconnect = { base: 10, cap: 500 }
    await using one = await connectClient(sim, { reconnect })
    await using two = await connectClient(sim, { reconnect })
    const clients = [one, two]
    await until(() => clients.some(({ log }) => log.complaints.length > 0), 10_000)
    const idler = clients.find(({ log }) => log.complaints.length > 0)
    const [owner] = clients.filter(client => client !== idler)
    await owner?.stop()
    await until(() => idler?.state === 'online')
  })
})
