import { equal, ok } from 'node:assert/strict'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { framesOf } from '../../../fixtures/frames.ts'
import { mutationsOf } from '../../../fixtures/mutations.ts'
import { isEvent, parseEvent } from './event.ts'

const GROUP = 'cidF/9VtqIjoabFCBqAOX0W3HqsFQYa'

/** The data of each event frame. */
const EXPECTED: Readonly<Record<string, object>> = {
  user_add_org: { timeStamp: 1789900000000, userId: ['0199887766554433'], department: [] },
  bpms_instance_change: {
    processInstanceId: '9Qgx5QqjR7axMw-ex',
    processCode: 'PROC-0A1B2C3D-EX',
    businessId: '202609230001',
    bizCategoryId: '',
    type: 'finish',
    result: 'agree',
    title: '王小雨提交的请假',
    staffId: '014237781200934455',
    createTime: 1789813600000,
    finishTime: 1789900000000,
    businessType: '',
    url: 'https://aflow.dingtalk.com/dingtalk/mobile/homepage.htm?corpid=ding7f3a91c2e05b46d8',
  },
  bpms_task_change: {
    taskId: 811165,
    processInstanceId: '9Qgx5QqjR7axMw-ex',
    processCode: 'PROC-0A1B2C3D-EX',
    type: 'finish',
    result: 'agree',
    remark: '同意',
    title: '王小雨提交的请假',
    staffId: 'manager4821',
    agentActionerIds: [],
    createTime: 1789896400000,
    finishTime: 1789900000000,
    businessId: '202609230001',
  },
  chat_add_member: {
    timeStamp: 1789900000000,
    eventType: 'chat_add_member',
    chatId: 'chat28367b03ex',
    openConversationId: GROUP,
    corpId: 'ding7f3a91c2e05b46d8',
    operator: 'manager4821',
    operatorUnionId: 'uLiExampleUnionId',
    userId: ['0199887766554433'],
    unionId: ['uNewExampleUnionId'],
  },
  im_cool_app_install: {
    coolAppCode: 'COOLAPP-1-EX0001',
    operateTime: 1789900000000,
    openConversationCorpId: 'ding7f3a91c2e05b46d8',
    robotCode: 'dingk3xq9v7h2m5tz8wa',
    openConversationId: 'cidUeW4Wfdf6tIFyobdKjRtXtlv72TF',
    operator: 'manager4821',
  },
  robot_msg_read: {
    unionId: 'uWangExampleUnionId',
    userId: '014237781200934455',
    operatTime: 1789900000000,
    robotCode: 'dingk3xq9v7h2m5tz8wa',
    openConversationId: 'cidj6nvEM77oJmqw81HRdG2Gk4Msh7G',
    processQueryKey: 'pqkExample0001=',
  },
  robot_msg_recall: {
    unionId: 'uLiExampleUnionId',
    userId: 'manager4821',
    operatTime: 1789900000000,
    robotCode: 'dingk3xq9v7h2m5tz8wa',
    openConversationId: GROUP,
    processQueryKey: 'pqkExample0002=',
  },
}

const eventFrames = framesOf('event.')

test('no frame is left out', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(eventFrames.map(({ headers }) => headers.eventType).sort())
})

test.each(eventFrames)('$name', ({ headers, data }) => {
  const { eventType = '', eventId, eventCorpId, eventUnifiedAppId, eventBornTime } = headers
  expect(parseEvent(headers, data)).toEqual({
    type: eventType,
    id: eventId,
    corpId: eventCorpId,
    unifiedAppId: eventUnifiedAppId,
    bornTime: Number(eventBornTime),
    data: EXPECTED[eventType],
  })
})

describe('a payload that does not fit', () => {
  test('loses what is wrong and keeps the rest, also what nobody has typed', () => {
    const event = parseEvent(
      { eventType: 'chat_add_member' },
      { timeStamp: 'soon', chatId: 7, userId: ['1', 2, null], unionId: 'u', operator: 4821, novelty: [1] },
    )
    expect(event.data).toEqual({ userId: ['1', '2'], unionId: ['u'], operator: '4821', novelty: [1] })
    const added = parseEvent({ eventType: 'user_add_org' }, { novelty: 1 })
    expect(added.data).toEqual({ userId: [], department: [], novelty: 1 })
  })

  test.each([[undefined], [null], ['no JSON'], [[]], [7]])('that is %j has the empty shape of its type', raw => {
    expect(parseEvent({ eventType: 'user_add_org' }, raw).data).toEqual({ userId: [], department: [] })
  })

  test('of a type that is not declared is handed over as it is', () => {
    const raw = { anything: 'goes' }
    expect(parseEvent({ eventType: 'meeting_start' }, raw).data).toBe(raw)
    expect(parseEvent({ eventType: 'constructor' }, raw).data).toBe(raw)
    expect(parseEvent({}, raw)).toMatchObject({ type: '', data: raw })
  })
})

test('the one object that the documents show is read, too', () => {
  const raw = { eventType: 'robot_msg_read', eventId: 'e', eventBornTime: 5, data: { userId: '1', operatTime: '6' } }
  expect(parseEvent({}, raw)).toEqual({
    type: 'robot_msg_read',
    id: 'e',
    bornTime: 5,
    data: { userId: '1', operatTime: 6 },
  })
})

test('what the headers say counts, also when the payload looks like the one object', () => {
  const raw = { eventType: 'robot_msg_read', data: { userId: '1' } }
  expect(parseEvent({ eventType: 'meeting_start' }, raw)).toMatchObject({ type: 'meeting_start', data: raw })
})

test('the session webhook of a service message does not show', () => {
  const raw = {
    fromUser: 'u',
    content: 'hi',
    sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=1',
  }
  const event = parseEvent({ eventType: 'isw_user_msg_received' }, raw)
  if (!isEvent(event, 'isw_user_msg_received')) throw new Error('isEvent() does not know its type')
  expect(event.data.sessionWebhook).toBe(raw.sessionWebhook)
  expect(inspect(event)).not.toContain('session=')
  expect(JSON.stringify(event)).not.toContain('session=')
})

test.each(eventFrames)('$name survives whatever happens to its fields', ({ headers, data }) => {
  const survives = (mutant: unknown, mutantHeaders: unknown): void => {
    const before = JSON.stringify(mutant)
    const given = typeof mutantHeaders === 'object' && mutantHeaders !== null ? { ...mutantHeaders } : {}
    const event = parseEvent(given, mutant)
    equal(typeof event.type, 'string')
    ok(event.bornTime === undefined || Number.isFinite(event.bornTime))
    if (isEvent(event, 'user_add_org')) ok(event.data.userId.every(id => typeof id === 'string'))
    equal(JSON.stringify(mutant), before)
  }
  fc.assert(fc.property(mutationsOf(data), mutationsOf(headers), survives), { numRuns: 500 })
})
