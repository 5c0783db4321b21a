import { describe, expect, test } from 'vitest'
import { manualClock } from '../clock/clock.ts'
import { createSimulator } from '../simulator.ts'
import { connect } from '../testing/client.ts'

const topic = '/v1.0/im/bot/messages/get'
const events = { subscriptions: [{ type: 'EVENT', topic: '*' }] }

describe('robot messages', () => {
  test('come again after 60 s without an ack, under a new delivery id and with the same msgId', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock, pingInterval: Number.POSITIVE_INFINITY })
    const client = await connect(sim)
    const said = await sim.user('Alice').say('hi')
    const first = await client.next(topic)
    clock.advance(3_000)
    expect(await said.ack).toEqual({ status: 'timeout' })
    clock.advance(56_999)
    expect(said.deliveries).toHaveLength(1)
    clock.advance(1)
    const second = await client.next(topic)
    expect(second.headers.messageId).not.toBe(first.headers.messageId)
    expect(JSON.parse(second.data)).toEqual(JSON.parse(first.data))
    expect(said.deliveries).toHaveLength(2)
  })

  test('come once when acked, whatever the code, and when the switch says so', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock })
    const client = await connect(sim)
    const acked = await sim.user('Alice').say('hi')
    const frame = await client.next(topic)
    client.send({ code: 500, headers: { messageId: frame.headers.messageId }, message: 'x', data: '{}' })
    expect(await acked.ack).toMatchObject({ status: 'acked', code: 500 })
    sim.switches.robotRedelivery = []
    const unacked = await sim.user('Alice').say('hi')
    clock.advance(3_000)
    await unacked.ack
    clock.advance(600_000)
    expect(acked.deliveries.length).toBe(1)
    expect(unacked.deliveries.length).toBe(1)
  })

  test('that nobody was there to hear are not kept', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock })
    const said = await sim.user('Alice').say('hi')
    await said.ack
    clock.advance(600_000)
    expect(said.deliveries).toHaveLength(1)
  })
})

describe('events', () => {
  test('come again until SUCCESS, by the schedule, as the same event', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock, pingInterval: Number.POSITIVE_INFINITY })
    sim.switches.eventRedelivery = [1_000, 5_000]
    const client = await connect(sim, events)
    const pushed = sim.event('user_add_org', { userId: ['u1'] })
    const first = await client.next('*')
    client.ack(first, { status: 'LATER', message: 'not yet' })
    const result = await pushed
    expect(result).toMatchObject({ status: 'LATER', ack: { status: 'acked' } })
    clock.advance(1_000)
    const second = await client.next('*')
    const { messageId, time, ...business } = second.headers
    expect({ ...first.headers, messageId, time }).toEqual({ ...business, messageId, time })
    expect(messageId).not.toBe(first.headers.messageId)
    expect(second.data).toBe('{"userId":["u1"]}')
    client.ack(second, { status: 'SUCCESS' })
    await result.deliveries[1]?.ack
    clock.advance(3_600_000)
    expect(result.deliveries).toHaveLength(2)
  })

  test.each<[string, object, string | undefined]>([
    ['SUCCESS', { code: 200, data: '{"status":"SUCCESS"}' }, 'SUCCESS'],
    ['code 200 with an echo, as the Python client answers', { code: 200, data: '{"userId":[]}' }, 'SUCCESS'],
    ['404', { code: 404, data: '' }, undefined],
    ['500', { code: 500, data: '{}' }, undefined],
  ])('an answer of %s', async (_, ack, status) => {
    await using sim = await createSimulator()
    const client = await connect(sim, events)
    const pushed = sim.event('label_user_change')
    const { messageId } = (await client.next('*')).headers
    client.send({ headers: { messageId }, message: '', ...ack })
    expect((await pushed).status).toBe(status)
  })

  test('wait for a bot that is not there yet', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock })
    const { ack, eventId } = await sim.event('user_add_org')
    expect(ack).toEqual({ status: 'undelivered' })
    const client = await connect(sim, events)
    clock.advance(10_000)
    expect((await client.next('*')).headers).toMatchObject({ eventId, eventType: 'user_add_org' })
  })
})

describe('when the month is used up', () => {
  test.each([
    ['errorCode', { errorCode: '20001', errorMessage: expect.any(String) }],
    ['errCode', { errCode: '20001', errMsg: expect.any(String) }],
  ] as const)(
    'a frame with %s comes in place of a message, and its answer is not waited for',
    async (fields, error) => {
      await using sim = await createSimulator({ switches: { quotaFields: fields } })
      const client = await connect(sim)
      sim.quota.push.limit = 1
      await sim.user('Alice').say('one')
      await client.next(topic)
      const { payload } = await sim.user('Alice').say('two')
      const data: unknown = JSON.parse((await client.next(topic)).data)
      expect(data).toMatchObject({ ...error, msgId: payload.msgId, sessionWebhook: payload.sessionWebhook })
      for (const field of ['msgtype', 'text', 'content']) expect(data).not.toHaveProperty(field)
      expect(sim.quota.push.used).toBe(1)
    },
  )

  test('events do not come, and the next month they do', async () => {
    const clock = manualClock(Date.parse('2026-08-31T15:59:59Z'))
    await using sim = await createSimulator({ clock })
    sim.quota.push.limit = 0
    await connect(sim, events)
    expect((await sim.event('x')).ack).toEqual({ status: 'undelivered' })
    sim.quota.push.limit = 1
    sim.quota.push.used = 1
    expect((await sim.event('x')).delivery.delivered).toBe(false)
    // Midnight in China.
    clock.advance(1_000)
    expect(sim.quota.push.used).toBe(0)
  })
})

describe('faults of pushes', () => {
  test('duplicate: twice, under two delivery ids', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    const fault = sim.faults.push({ fault: 'duplicate' })
    await sim.user('Alice').say('hi')
    const [one, other] = [await client.next(topic), await client.next(topic)]
    expect(one.data).toBe(other.data)
    expect(one.headers.messageId).not.toBe(other.headers.messageId)
    expect(fault.struck).toBe(1)
  })

  test('garbage: text that is no frame comes first', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    const raw: string[] = []
    client.socket.on('message', data => raw.push(String(data)))
    sim.faults.push({ fault: 'garbage', topic: '*/messages/get' })
    await sim.user('Alice').say('hi')
    await client.next(topic)
    expect(raw).toHaveLength(2)
    expect(() => JSON.parse(raw[0] ?? '{}')).toThrow(SyntaxError)
  })

  test('lost: it never comes, counts as not answered, and comes again', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock, pingInterval: Number.POSITIVE_INFINITY })
    const client = await connect(sim)
    sim.faults.push({ fault: 'lost' })
    const said = await sim.user('Alice').say('hi')
    clock.advance(3_000)
    expect(await said.ack).toEqual({ status: 'timeout' })
    expect(client.frames.filter(({ type }) => type === 'CALLBACK')).toEqual([])
    clock.advance(57_000)
    await client.next(topic)
  })

  test('a pattern that does not fit strikes nothing, and what is cleared neither', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    sim.faults.push({ fault: 'lost', topic: '/v1.0/graph/*' })
    await sim.user('Alice').say('hi')
    await client.next(topic)
    sim.faults.push({ fault: 'lost' })
    sim.faults.clear()
    await sim.user('Alice').say('hi')
    await client.next(topic)
  })

  test('what is lost does not wait beyond the end of the simulator', async () => {
    const sim = await createSimulator()
    sim.faults.push({ fault: 'lost' })
    const { ack } = await sim.user('Alice').say('hi')
    await sim.close()
    expect(await ack).toEqual({ status: 'timeout' })
  })
})
