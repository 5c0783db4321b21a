import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import type { Said } from '../talk/users.ts'
import { answering } from '../testing/answering.ts'
import { type Call, caller } from '../testing/api.ts'
import { connect, type TestFrame } from '../testing/client.ts'

// What DingTalk's Channel SDK does on the wire (DingTalk-Real-AI/dingtalk-channel-sdk-nodejs, 2026): it acks each frame at
// once and once, marks a message with emotions, and streams its answer into the public card 02fcf2f4, with air between
// the frames. The air is told by `switches.streamInterval`, and passes on the simulator's clock.

const AIR = 500
const robot = '/v1.0/im/bot/messages/get'
const clicks = '/v1.0/card/instances/callback'
const template = '02fcf2f4-5e02-4a85-b672-46d1f715543e.schema'
const autoLayout = '{"autoLayout":true}'
const order = '{"order":["msgContent"]}'

function answer({ type, headers, data }: TestFrame): object {
  const isPing = type === 'SYSTEM' && headers.topic === 'ping'
  const ack = { contentType: 'application/json', messageId: headers.messageId }
  return { code: 200, headers: ack, message: 'ok', data: isPing ? data : '{"success":true}' }
}

const connectAs = (sim: Simulator) =>
  connect(sim, {
    subscriptions: [
      { type: 'SYSTEM', topic: 'ping' },
      { type: 'SYSTEM', topic: 'disconnect' },
      ...[robot, clicks].map(topic => ({ type: 'CALLBACK', topic })),
    ],
    ua: 'dingtalk-channel-sdk-nodejs/0.1.0',
    localIp: '10.0.0.1',
  }).then(client => answering(client, answer))

/** Every call has to be taken, also where the refusal would stand inside a 200. */
async function good(call: Call, method: string, path: string, body: object): Promise<void> {
  const { status, body: told } = await call(method, path, body)
  expect(status).toBe(200)
  expect(JSON.stringify(told)).not.toContain('"success":false')
}

interface Place {
  readonly openSpaceId: string
  readonly deliverModel: object
}

function placeOf(sim: Simulator, { payload }: Said): Place {
  const { conversationType, conversationId, senderStaffId } = payload
  const { clientId: robotCode } = sim
  if (conversationType === '2') {
    const openSpaceId = `dtv1.card//IM_GROUP.${conversationId}`
    return { openSpaceId, deliverModel: { imGroupOpenDeliverModel: { robotCode } } }
  }
  const extension = { dynamicSummary: 'true' }
  const imRobotOpenDeliverModel = { spaceType: 'IM_ROBOT', robotCode, extension }
  return { openSpaceId: `dtv1.card//IM_ROBOT.${senderStaffId}`, deliverModel: { imRobotOpenDeliverModel } }
}

/** Creates and delivers in one call, or in two. */
async function show(call: Call, outTrackId: string, { openSpaceId, deliverModel }: Place, calls: 1 | 2): Promise<void> {
  const card = {
    cardTemplateId: template,
    outTrackId,
    cardData: { cardParamMap: { config: autoLayout } },
    callbackType: 'STREAM',
    imGroupOpenSpaceModel: { supportForward: true },
    imRobotOpenSpaceModel: { supportForward: true },
  }
  const delivery = { outTrackId, userIdType: 1, openSpaceId, ...deliverModel }
  if (calls === 1) return good(call, 'POST', '/v1.0/card/instances/createAndDeliver', { ...card, ...delivery })
  await good(call, 'POST', '/v1.0/card/instances', card)
  await good(call, 'POST', '/v1.0/card/instances/deliver', delivery)
}

/** Streams these frames, the last of them as the end. */
async function stream(sim: Simulator, call: Call, outTrackId: string, frames: readonly string[]): Promise<void> {
  const setStatus = (flowStatus: string, msgContent: string) =>
    good(call, 'PUT', '/v1.0/card/instances', {
      outTrackId,
      cardData: {
        cardParamMap: { flowStatus, msgContent, staticMsgContent: '', sys_full_json_obj: order, config: autoLayout },
      },
      ...(flowStatus === '3' && { cardUpdateOptions: { updateCardDataByKey: true } }),
    })
  sim.clock.advance(AIR)
  await setStatus('2', frames[0] ?? '')
  for (const [index, content] of frames.entries()) {
    const isFinalize = index === frames.length - 1
    const chunk = {
      outTrackId,
      guid: `g${index}`,
      key: 'msgContent',
      content,
      isFull: true,
      isFinalize,
      isError: false,
    }
    await good(call, 'PUT', '/v1.0/card/streaming', chunk)
    sim.clock.advance(AIR)
  }
  await setStatus('3', frames.at(-1) ?? '')
}

async function mark(sim: Simulator, call: Call, { message, payload }: Said, verb: string, name: string): Promise<void> {
  await good(call, 'POST', `/v1.0/robot/emotion/${verb}`, {
    robotCode: sim.clientId,
    openConversationId: payload.conversationId,
    openMsgId: message.id,
    emotionType: 2,
    emotionName: name,
    textEmotion: { emotionId: '2659900', emotionName: name, text: name, backgroundId: 'im_bg_1' },
  })
}

describe.each(['group', 'private'] as const)('in a %s chat', where => {
  test.each([1, 2] as const)('it marks, shows, streams and finishes its answer, created in %i call(s)', async calls => {
    await using sim = await createSimulator({ switches: { streamInterval: AIR } })
    const client = await connectAs(sim)
    const call = await caller(sim)
    const alice = sim.user('Alice')
    const said = await (where === 'group' ? alice.in(sim.group('Team')) : alice).say('hi')
    await client.next(robot)
    await mark(sim, call, said, 'reply', '🤔Thinking')
    await show(call, 'card_1', placeOf(sim, said), calls)
    const { conversationId } = await said.reply()
    expect(conversationId).toBe(said.message.conversationId)
    await stream(sim, call, 'card_1', ['# Hel', '# Hello', '# Hello, Alice'])
    await mark(sim, call, said, 'recall', '🤔Thinking')
    await mark(sim, call, said, 'reply', '🥳Done')
    expect(sim.cards.get('card_1')).toMatchObject({ status: 'finished', variables: { msgContent: '# Hello, Alice' } })
    expect(sim.reactions(said.message)).toMatchObject([{ emotionName: '🥳Done' }])
    expect(sim.violations).toEqual([])
  })
})

test('without air between its frames the platform would have thrown it out', async () => {
  await using sim = await createSimulator({ switches: { streamInterval: AIR } })
  await connectAs(sim)
  const call = await caller(sim)
  const said = await sim.user('Alice').say('hi')
  await show(call, 'card_1', placeOf(sim, said), 1)
  const chunk = { outTrackId: 'card_1', key: 'msgContent', content: 'x', isFull: true }
  await call('PUT', '/v1.0/card/streaming', { ...chunk, guid: 'a' })
  expect((await call('PUT', '/v1.0/card/streaming', { ...chunk, guid: 'b' })).status).toBe(403)
})

test('each frame is acked once: pings, messages, clicks, and the word that it is to go', async () => {
  await using sim = await createSimulator({ firstPing: 1 })
  const client = await connectAs(sim)
  const call = await caller(sim)
  await client.next('ping')
  const said = await sim.user('Alice').say('hi')
  await show(call, 'card_1', placeOf(sim, said), 2)
  await sim.user('Alice').click('card_1', 'like')
  sim.faults.disconnect()
  await client.next('disconnect')
  await sim.until(() => sim.frames.filter(({ direction }) => direction === 'up').length >= 4)
  const acked = sim.frames
    .filter(({ direction }) => direction === 'up')
    .map(({ frame }) => Object(frame).headers.messageId)
  expect(new Set(acked).size).toBe(acked.length)
  expect(acked.length).toBe(client.frames.length)
  expect(sim.violations).toEqual([])
})
