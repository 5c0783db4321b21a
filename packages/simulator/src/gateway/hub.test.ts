import { expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import { connect } from '../testing/client.ts'

const bot = { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' } as const
const push = (sim: Simulator, count: number) =>
  Promise.all(Array.from({ length: count }, () => sim.push({ ...bot, data: {} })))

test('several connections share the pushes, each goes to one', async () => {
  await using sim = await createSimulator({ seed: 1 })
  const clients = [await connect(sim), await connect(sim), await connect(sim)]
  await sim.connected(3)
  const deliveries = await push(sim, 60)
  const counts = sim.connections.map(({ id }) => deliveries.filter(it => it.connectionId === id).length)
  expect(counts.reduce((sum, it) => sum + it, 0)).toBe(60)
  expect(Math.min(...counts)).toBeGreaterThan(5)
  expect(new Set(deliveries.map(({ messageId }) => messageId)).size).toBe(60)
  for (const client of clients) client.socket.terminate()
  await sim.until(() => sim.connections.length === 0)
})

test('the seed decides who gets what', async () => {
  const order = async () => {
    await using sim = await createSimulator({ seed: 42 })
    await connect(sim)
    await connect(sim)
    await sim.connected(2)
    const ids = sim.connections.map(({ id }) => id)
    return (await push(sim, 20)).map(({ connectionId }) => ids.indexOf(connectionId ?? ''))
  }
  expect(await order()).toEqual(await order())
})

test('displace: a newer connection closes the older one', async () => {
  await using sim = await createSimulator({ connectionPolicy: 'displace' })
  const first = await connect(sim)
  await connect(sim)
  expect((await first.closed).reason).toContain('displaced')
  await sim.until(() => sim.connections.length === 1)
})

test('what nobody has subscribed to is not delivered', async () => {
  await using sim = await createSimulator()
  await connect(sim, { subscriptions: [bot] })
  const { delivered, ack } = await sim.push({ type: 'EVENT', topic: '*', data: {} })
  expect(delivered).toBe(false)
  expect(await ack).toEqual({ status: 'undelivered' })
  expect((await sim.push({ ...bot, topic: '/v1.0/card/instances/callback', data: {} })).delivered).toBe(false)
  expect((await sim.push({ ...bot, data: {} })).delivered).toBe(true)
})

test('an event subscription * takes every event; its headers tell the type', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim, { subscriptions: [{ type: 'EVENT', topic: '*' }] })
  await sim.push({ type: 'EVENT', topic: '*', data: { a: 1 }, headers: { eventType: 'chat_add_member' } })
  const frame = await client.next('*')
  expect(frame.data).toBe('{"a":1}')
  expect(frame.headers).toMatchObject({
    eventType: 'chat_add_member',
    eventId: expect.any(String),
    eventBornTime: expect.stringMatching(/^\d+$/),
    eventCorpId: expect.any(String),
    eventUnifiedAppId: expect.any(String),
  })
  client.ack(frame, { status: 'SUCCESS' })
  await sim.until(() => sim.frames.length === 2)
  expect(sim.violations).toEqual([])
})

test('with nobody connected nothing is delivered', async () => {
  await using sim = await createSimulator()
  const said = await sim.user('Alice').say('hi')
  expect(said.delivery).toMatchObject({ delivered: false, connectionId: undefined })
  expect(sim.messages).toHaveLength(1)
})
