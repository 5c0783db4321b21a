import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import { answering } from '../testing/answering.ts'
import { caller } from '../testing/api.ts'
import { connect, post, type TestFrame } from '../testing/client.ts'

// What dingtalk-stream-sdk-python 0.24 does on the wire: it reads data and writes it anew, with a blank behind each colon
// and comma; it acks SYSTEM disconnect; None is null.

const robot = '/v1.0/im/bot/messages/get'
const graph = '/v1.0/graph/api/invoke'

/** JSON as Python's json.dumps writes it. */
function dumps(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(dumps).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, held]) => `${dumps(key)}: ${dumps(held)}`)
    return `{${fields.join(', ')}}`
  }
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value).replaceAll(/[\u0080-\uffff]/g, escaped)
}

function ackOf({ headers: { messageId } }: TestFrame, code: number, message: string, data: unknown): string {
  const headers = { contentType: 'application/json', messageId }
  return dumps({ code, headers, message, data: dumps(data) })
}

function answer(frame: TestFrame): string {
  const { type, headers, data } = frame
  if (type !== 'CALLBACK') return ackOf(frame, 200, 'OK', JSON.parse(data))
  const response = {
    body: dumps({ success: true }),
    headers: { 'Content-Type': 'application/json' },
    statusLine: { code: 200, reasonPhrase: 'OK' },
  }
  if (headers.topic === graph) return ackOf(frame, 200, '', { response })
  return headers.topic === robot
    ? ackOf(frame, 200, 'ok', JSON.parse(data))
    : ackOf(frame, 404, '', { response: 'not implement' })
}

const connectAs = (sim: Simulator) =>
  connect(sim, {
    subscriptions: [{ type: 'EVENT', topic: '*' }, ...[robot, graph].map(topic => ({ type: 'CALLBACK', topic }))],
    ua: 'dingtalk-sdk-python/v0.24.4b1-union',
    localIp: '',
  }).then(client => answering(client, answer))

test('its pongs, acks and event acks are good, though it writes data anew', async () => {
  await using sim = await createSimulator({ firstPing: 1 })
  const client = await connectAs(sim)
  expect(answer(await client.next('ping'))).toContain('{\\"opaque\\": \\"')
  expect(await (await sim.user('Alice').say('hi')).ack).toMatchObject({ status: 'acked', code: 200 })
  expect((await sim.event('user_add_org', { userId: ['u1'] })).status).toBe('SUCCESS')
  sim.faults.disconnect()
  await client.next('disconnect')
  await sim.until(() => sim.frames.filter(({ verdict }) => verdict === 'ok').length >= 4)
  expect(sim.violations).toEqual([])
})

describe('replies', () => {
  test('to somebody without userId, whom it @s as null', async () => {
    await using sim = await createSimulator()
    await connectAs(sim)
    const said = await sim.user('Alice').say('hi', { outsider: true })
    const body = { msgtype: 'text', text: { content: 'hello' }, at: { atUserIds: [null] } }
    await post(said.payload.sessionWebhook, dumps(body), { accept: '*/*' })
    expect((await said.reply()).content).toEqual({ kind: 'text', text: 'hello' })
  })

  test('by the webhook of a graph call: GraphHandler.reply_markdown', async () => {
    await using sim = await createSimulator()
    const client = await connectAs(sim)
    const called = sim.graph({ uri: '/v1/actions/example/weather/get', body: { day: 'today' } })
    const { body } = JSON.parse((await client.next(graph)).data)
    const content = { templateId: 'd28e2ac5-fb34-4d93-94bc-cf5c580c2d4f.schema', cardData: { content: '- sunny' } }
    expect(await post(JSON.parse(body).sessionWebhook, dumps({ contentType: 'ai_card', content }))).toMatchObject({
      status: 200,
    })
    expect((await called).response).toMatchObject({ status: 200, body: { success: true } })
    expect((await sim.expectReply('- sunny')).content).toMatchObject({
      kind: 'card',
      variables: { content: '- sunny' },
    })
  })

  test('with an AI card that begins empty', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const alice = sim.user('Alice')
    const outTrackId = 'a'.repeat(64)
    const card = {
      cardTemplateId: '8aebdfb9-28f4-4a98-98f5-396c3dde41a0.schema',
      outTrackId,
      cardData: { cardParamMap: { content: '' } },
      callbackType: 'STREAM',
      imGroupOpenSpaceModel: { supportForward: true },
      imRobotOpenSpaceModel: { supportForward: true },
    }
    await call('POST', '/v1.0/card/instances', dumps(card), { accept: '*/*' })
    const openSpaceId = `dtv1.card//IM_ROBOT.${alice.userId}`
    const delivery = { outTrackId, userIdType: 1, openSpaceId, imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' } }
    await call('POST', '/v1.0/card/instances/deliver', dumps(delivery))
    for (const [guid, content, isFinalize] of [
      ['g1', '', false],
      ['g2', 'hello', true],
    ] as const) {
      const chunk = { outTrackId, guid, key: 'content', content, isFull: true, isFinalize, isError: false }
      expect(await call('PUT', '/v1.0/card/streaming', dumps(chunk))).toMatchObject({ status: 200 })
    }
    expect(sim.cards.get(outTrackId)).toMatchObject({ status: 'finished', variables: { content: 'hello' } })
  })
})

test('set_off_duty_prompt: who writes while it is offline reads it', async () => {
  await using sim = await createSimulator()
  const call = await caller(sim)
  const cardData = dumps({ config: { autoLayout: true }, contents: [{ type: 'markdown', text: 'closed' }] })
  const body = { robotCode: sim.clientId, cardData, cardTemplateId: 'StandardCard' }
  await call('POST', '/v1.0/innerApi/robot/stream/away/template/update', dumps(body), { accept: '*/*' })
  const said = await sim.user('Alice').say('anybody there?')
  expect((await said.reply()).content).toMatchObject({ body: { contents: [{ text: 'closed' }] } })
})
