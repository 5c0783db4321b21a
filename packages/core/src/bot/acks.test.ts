import type { AckResult } from '@dingware/simulator'
import { expect, test } from 'vitest'
import { useSimulator } from '../../fixtures/simulated-bot.ts'
import type { DynamicDataRequest } from '../updates/request/dynamic-data.ts'
import { TOPICS } from '../updates/update.ts'

const simulated = useSimulator()

/** An answer as it was on the wire. */
function onWire(ack: AckResult): unknown {
  if (ack.status !== 'acked') return ack
  const { code, message, data } = ack
  return { code, message, data: JSON.parse(data) }
}

test('an event is answered SUCCESS when its handler has ended', async () => {
  const { sim, newBot } = simulated()
  const bot = newBot().on('event:check_in', () => {})
  await bot.start()
  const { ack } = await sim.event('check_in')
  expect(onWire(ack)).toEqual({ code: 200, message: 'OK', data: { status: 'SUCCESS', message: 'ok' } })
})

test('an event whose handler throws is answered LATER, and runs again when the platform pushes it again', async () => {
  const { sim, newBot } = simulated()
  let runs = 0
  const bot = newBot().on('event', () => {
    if (++runs === 1) throw new Error('boom')
  })
  await bot.start()
  const first = await sim.event('check_in', {}, { eventId: 'e1' })
  expect(onWire(first.ack)).toMatchObject({ code: 200, data: { status: 'LATER' } })
  const again = await sim.event('check_in', {}, { eventId: 'e1' })
  expect(again.status).toBe('SUCCESS')
  expect(runs).toBe(2)
  expect(bot.stats().later).toBe(1)
})

test('a robot message that comes again with a new messageId and the same msgId is handled once, and answered twice', async () => {
  const { sim, newBot } = simulated()
  const seen: string[] = []
  const bot = newBot().on('chatbot:text', ctx => void seen.push(ctx.text))
  await bot.start()
  const data = { msgId: 'm1', robotCode: 'r', msgtype: 'text', text: { content: 'hi' } }
  const push = async (): Promise<unknown> => {
    const { ack } = await sim.push({ type: 'CALLBACK', topic: TOPICS.chatbot, data })
    return onWire(await ack)
  }
  const expected = { code: 200, message: 'OK', data: { response: null } }
  expect(await push()).toEqual(expected)
  expect(await push()).toEqual(expected)
  expect(seen).toEqual(['hi'])
  expect(bot.stats()).toMatchObject({ received: 2, handled: 1, duplicates: 1 })
})

test('ctx.respond answers a click with the new data of the card', async () => {
  const { sim, newBot } = simulated()
  const response = { cardData: { cardParamMap: { done: 'true' } } }
  const bot = newBot().action('ok', ctx => ctx.respond(response))
  await bot.start()
  const content = JSON.stringify({ cardPrivateData: { actionIds: ['ok'], params: {} } })
  const { ack } = await sim.push({ type: 'CALLBACK', topic: TOPICS.card, data: { outTrackId: 'c1', content } })
  expect(onWire(await ack)).toEqual({ code: 200, message: 'OK', data: { response } })
})

test('a click that nobody responds to is answered {}', async () => {
  const { sim, newBot } = simulated()
  await newBot()
    .on('card', () => {})
    .start()
  const { ack } = await sim.push({ type: 'CALLBACK', topic: TOPICS.card, data: { outTrackId: 'c1' } })
  expect(onWire(await ack)).toEqual({ code: 200, message: 'OK', data: { response: {} } })
})

test('ctx.respond answers a graph call in the form of an HTTP response', async () => {
  const { sim, newBot } = simulated()
  await newBot()
    .on('graph', ctx => ctx.respond({ temperature: 21 }))
    .start()
  const { ack, response } = await sim.graph({ uri: '/v1.0/weather', body: {} })
  expect(response).toMatchObject({ status: 200, body: { temperature: 21 } })
  expect(onWire(ack)).toMatchObject({ code: 200, data: { response: { statusLine: { code: 200 } } } })
})

test('a graph call whose handler throws is answered 500, one that nobody answers 404', async () => {
  const { sim, newBot } = simulated()
  const bot = newBot().on('graph', ctx => {
    if (ctx.request.method === 'POST') throw new Error('boom')
  })
  await bot.start()
  expect(onWire((await sim.graph({ uri: '/' })).ack)).toMatchObject({ code: 500 })
  expect(onWire((await sim.graph({ uri: '/', method: 'GET' })).ack)).toMatchObject({ code: 404 })
})

test('ctx.respond answers a card that asks for its data', async () => {
  const { sim, newBot } = simulated()
  const bot = newBot().on('dynamicData', ctx => {
    const { queries }: DynamicDataRequest = ctx.request
    ctx.respond(queries.map(({ dynamicDataSourceId }) => ({ dynamicDataSourceId, data: { votes: 3 } })))
  })
  await bot.start()
  const content = JSON.stringify({ dynamicDataSourceQueryRequests: [{ dynamicDataSourceId: 'votes' }] })
  const { ack } = await sim.push({ type: 'CALLBACK', topic: TOPICS.dynamicData, data: { content } })
  const answer = { dynamicDataSourceId: 'votes', dynamicDataValueType: 'OBJECT', data: '{"votes":"3"}' }
  expect(onWire(await ack)).toEqual({
    code: 200,
    message: 'OK',
    data: { response: { dataSourceQueryResponses: [answer] } },
  })
})

test('ctx.respond answers a raw topic, with the code and the message that it is given', async () => {
  const { sim, newBot } = simulated()
  const topic = '/v1.0/some/topic'
  await newBot()
    .on(`topic:${topic}`, ctx => ctx.respond({ a: 1 }, { code: 400, message: 'no such thing' }))
    .start()
  const { ack } = await sim.push({ type: 'CALLBACK', topic, data: {} })
  expect(onWire(await ack)).toEqual({ code: 400, message: 'no such thing', data: { response: { a: 1 } } })
})

test('an answer that cannot be written as JSON fails its handler, and the platform gets the answer of a failure', async () => {
  const { sim, newBot, logger } = simulated()
  const circular: Record<string, unknown> = {}
  circular.self = circular
  await newBot()
    .on('graph', ctx => ctx.respond({ statusLine: circular }))
    .start()
  expect(onWire((await sim.graph({ uri: '/' })).ack)).toMatchObject({ code: 500 })
  expect(logger.complaints.join()).toContain('circular')
})

test('EVENT * is on the wire only when an event query asks for it', async () => {
  const { sim, newBot } = simulated()
  await newBot()
    .on('chatbot', () => {})
    .on('card', () => {})
    .start()
  expect(sim.connections[0]?.subscriptions.map(({ type }) => type)).toEqual(['CALLBACK', 'CALLBACK'])
  await newBot()
    .on('event', () => {})
    .start()
  expect(sim.connections.at(-1)?.subscriptions).toEqual([{ type: 'EVENT', topic: '*' }])
})
