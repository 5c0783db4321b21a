import { describe, expect, test } from 'vitest'
import { manualClock } from '../../clock/clock.ts'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { type Call, caller } from '../../testing/api.ts'

/** Sends to one of the three kinds of places, and knows how to recall it and ask who has read it. */
function places(sim: Simulator, call: Call) {
  const { clientId: robotCode } = sim
  const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
  const message = { robotCode, msgKey: 'sampleText', msgParam: '{"content":"hi"}' }
  const sendTo = async (path: string, more: object) => {
    const { body } = await call('POST', path, { ...message, ...more })
    return String(Object(body).processQueryKey)
  }
  const group = { openConversationId: sim.group('Team', [alice, bob]).conversationId }
  const chat = { openConversationId: sim.chat(alice, bob).conversationId, coolAppCode: 'c' }
  const keys = (list: readonly string[]) => ({ robotCode, processQueryKeys: list })
  return {
    oto: {
      send: () => sendTo('/v1.0/robot/oToMessages/batchSend', { userIds: [alice.userId] }),
      recall: (list: readonly string[], more: object = {}) =>
        call('POST', '/v1.0/robot/otoMessages/batchRecall', { ...keys(list), ...more }),
    },
    group: {
      send: () => sendTo('/v1.0/robot/groupMessages/send', group),
      recall: (list: readonly string[], more: object = {}) =>
        call('POST', '/v1.0/robot/groupMessages/recall', { ...keys(list), ...group, ...more }),
    },
    private: {
      send: () => sendTo('/v1.0/robot/privateChatMessages/send', chat),
      recall: (list: readonly string[], more: object = {}) =>
        call('POST', '/v1.0/robot/privateChatMessages/batchRecall', { ...keys(list), ...chat, ...more }),
    },
  }
}

const kinds = ['oto', 'group', 'private'] as const

describe.each(kinds)('recall of a message to %s', kind => {
  test('takes it away without a trace, and says which it could not', async () => {
    await using sim = await createSimulator()
    const { send, recall } = places(sim, await caller(sim))[kind]
    const key = await send()
    expect(await recall([key, 'unknown'])).toMatchObject({
      status: 200,
      body: { successResult: [key], failedResult: { unknown: 'invalid.processQueryKey' } },
    })
    expect(sim.messages).toEqual([])
  })

  test('is too late after 24 h', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock })
    const { send } = places(sim, await caller(sim))[kind]
    const key = await send()
    clock.advance(86_400_000)
    // The token has expired by now as well.
    const { recall } = places(sim, await caller(sim))[kind]
    const failedResult = { [key]: 'robot.processQueryKey.expired' }
    expect(await recall([key])).toMatchObject({ body: { successResult: [], failedResult } })
    expect(sim.messages).toHaveLength(1)
  })

  test('is for its own kind of place only', async () => {
    await using sim = await createSimulator()
    const all = places(sim, await caller(sim))
    const key = await all[kind].send()
    for (const other of kinds.filter(it => it !== kind)) {
      expect(await all[other].recall([key])).toMatchObject({ body: { successResult: [] } })
    }
    expect(sim.messages).toHaveLength(1)
  })

  test.each<[string, readonly string[], object, string]>([
    ['no keys', [], {}, 'miss.param.processQueryKeys'],
    ['21 keys', Array.from({ length: 21 }, String), {}, 'invalidParameter.processQueryKeys.overMax'],
    ['no robotCode', ['k'], { robotCode: '' }, 'invalidParameter.robotCode.empty'],
    ['another robot', ['k'], { robotCode: 'ding-other' }, 'resource.not.found'],
  ])('refuses %s', async (_, list, more, code) => {
    await using sim = await createSimulator()
    const { recall } = places(sim, await caller(sim))[kind]
    expect(await recall(list, more)).toMatchObject({ status: 400, body: { code } })
  })
})

describe('who has read it', () => {
  test('of a message to people', async () => {
    const clock = manualClock(1_000)
    await using sim = await createSimulator({ clock })
    const call = await caller(sim)
    const alice = sim.user('Alice')
    const key = await places(sim, call).oto.send()
    const path = `/v1.0/robot/oToMessages/readStatus?robotCode=${sim.clientId}&processQueryKey=${encodeURIComponent(key)}`
    const who = { name: 'Alice', userId: alice.userId }
    const unread = { sendStatus: 'SUCESS', messageReadInfoList: [{ ...who, readStatus: 'UNREAD' }] }
    expect((await call('GET', path)).body).toEqual(unread)
    clock.advance(5)
    for (const message of sim.messages) alice.read(message)
    const read = { sendStatus: 'SUCESS', messageReadInfoList: [{ ...who, readStatus: 'READ' }] }
    expect((await call('GET', path)).body).toEqual(read)
    await places(sim, call).oto.recall([key])
    expect(await call('GET', path)).toMatchObject({ body: { sendStatus: 'RECALLED' } })
  })

  test('of a message into a group, page by page', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const key = await places(sim, call).group.send()
    const [message] = sim.messages
    if (message) for (const user of [sim.user('Alice'), sim.user('Bob')]) user.read(message)
    const { conversationId: openConversationId } = sim.group('Team')
    const query = { openConversationId, robotCode: sim.clientId, processQueryKey: key, maxResults: 1 }
    const first = await call('POST', '/v1.0/robot/groupMessages/query', query)
    expect(first.body).toEqual({
      sendStatus: 'SUCCESS',
      readUserIds: [sim.user('Alice').userId],
      hasMore: true,
      nextToken: '1',
    })
    const second = await call('POST', '/v1.0/robot/groupMessages/query', { ...query, nextToken: '1' })
    expect(second.body).toEqual({ sendStatus: 'SUCCESS', readUserIds: [sim.user('Bob').userId], hasMore: false })
  })

  test.each<[string, object, string]>([
    ['an unknown key', { processQueryKey: 'x' }, 'processQueryKey.expireTime'],
    ['no key', { processQueryKey: undefined }, 'miss.param.processQueryKey'],
    ['201 at once', { maxResults: 201 }, 'invalidParameter.param.invalid'],
    ['no place', { openConversationId: undefined }, 'miss.openConversationId'],
  ])('refuses %s', async (_, more, code) => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const processQueryKey = await places(sim, call).private.send()
    const openConversationId = sim.chat(sim.user('Alice'), sim.user('Bob')).conversationId
    const query = { openConversationId, robotCode: sim.clientId, processQueryKey }
    const path = '/v1.0/robot/privateChatMessages/query'
    expect(await call('POST', path, query)).toMatchObject({ status: 200, body: { readUserIds: [] } })
    expect(await call('POST', path, { ...query, ...more })).toMatchObject({ status: 400, body: { code } })
  })
})
