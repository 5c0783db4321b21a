import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { caller } from '../../testing/api.ts'

const TO_PEOPLE = '/v1.0/robot/oToMessages/batchSend'
const TO_GROUP = '/v1.0/robot/groupMessages/send'
const TO_CHAT = '/v1.0/robot/privateChatMessages/send'

function text(sim: Simulator, more: object = {}): Record<string, unknown> {
  return { robotCode: sim.clientId, msgKey: 'sampleText', msgParam: JSON.stringify({ content: 'hi' }), ...more }
}

function buttons(count: number): object {
  const rows = Array.from({ length: count }, (_, index) => [
    [`actionTitle${index + 1}`, 'Go'],
    [`actionURL${index + 1}`, 'https://example.com'],
  ]).flat()
  return { title: 't', text: 'x', ...Object.fromEntries(rows) }
}

test('sampleMarkdown is sent without a title, as Koishi does, and refused without a text', async () => {
  await using sim = await createSimulator()
  const call = await caller(sim)
  const { conversationId: openConversationId } = sim.group('Team')
  const send = (msgParam: object) =>
    call(
      'POST',
      TO_GROUP,
      text(sim, { openConversationId, msgKey: 'sampleMarkdown', msgParam: JSON.stringify(msgParam) }),
    )
  for (const param of [
    { title: 't', text: '# hi' },
    { text: '# hi' },
    { title: '', text: '# hi' },
    { title: null, text: '# hi' },
  ]) {
    expect(await send(param)).toMatchObject({ status: 200 })
  }
  expect(sim.messages.map(({ content }) => content)).toEqual([
    { kind: 'markdown', title: 't', text: '# hi' },
    ...Array.from({ length: 3 }, () => ({ kind: 'markdown', title: '', text: '# hi' })),
  ])
  expect(await send({ title: 't' })).toMatchObject({ status: 400, body: { code: 'invalidParameter.msgParam.invalid' } })
})

describe('every kind of message', () => {
  const horizontal = { buttonTitle1: 'a', buttonUrl1: 'https://a.com', buttonTitle2: 'b', buttonUrl2: 'https://b.com' }
  const video = { videoMediaId: '@v', picMediaId: '@p', videoType: 'mp4', duration: '9' }
  test.each<[string, object]>([
    ['sampleText', { content: 'hi' }],
    ['sampleImageMsg', { photoURL: '@lALabc' }],
    ['sampleLink', { title: 't', text: 'x', picUrl: '@p', messageUrl: 'https://example.com' }],
    ['sampleActionCard', { title: 't', text: 'x', singleTitle: 'Go', singleURL: 'https://example.com' }],
    ['sampleActionCard2', buttons(2)],
    ['sampleActionCard3', buttons(3)],
    ['sampleActionCard4', buttons(4)],
    ['sampleActionCard5', buttons(5)],
    ['sampleActionCard6', { title: 't', text: 'x', ...horizontal }],
    ['sampleAudio', { mediaId: '@a', duration: '1200' }],
    ['sampleFile', { mediaId: '@f', fileName: 'a.pdf', fileType: 'pdf' }],
    ['sampleVideo', video],
  ])('%s is sent, and refused without any one of its fields', async (msgKey, param) => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const openConversationId = sim.group('Team').conversationId
    const send = (msgParam: object) =>
      call('POST', TO_GROUP, text(sim, { openConversationId, msgKey, msgParam: JSON.stringify(msgParam) }))
    expect(await send(param)).toMatchObject({ status: 200, body: { processQueryKey: expect.any(String) } })
    expect(sim.messages).toHaveLength(1)
    for (const key of Object.keys(param)) {
      const rest = Object.fromEntries(Object.entries(param).filter(([name]) => name !== key))
      expect(await send(rest)).toMatchObject({ status: 400, body: { code: 'invalidParameter.msgParam.invalid' } })
    }
    expect(sim.messages).toHaveLength(1)
  })

  test('a text and a Markdown are shown as what they are', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const userIds = [sim.user('Alice').userId]
    await call('POST', TO_PEOPLE, text(sim, { userIds }))
    await call(
      'POST',
      TO_PEOPLE,
      text(sim, { userIds, msgKey: 'sampleMarkdown', msgParam: '{"title":"t","text":"# x"}' }),
    )
    expect(await sim.expectReply('hi')).toMatchObject({ via: 'api', content: { kind: 'text', text: 'hi' } })
    expect(await sim.expectReply('# x')).toMatchObject({ content: { kind: 'markdown', title: 't', text: '# x' } })
  })
})

describe('what is refused', () => {
  const cases: [string, string, Record<string, unknown>, string][] = [
    ['no robotCode', TO_PEOPLE, { robotCode: undefined }, 'invalidParameter.robotCode.empty'],
    ['a wrong robotCode', TO_PEOPLE, { robotCode: 'ding-other' }, 'resource.not.found'],
    ['no userIds', TO_PEOPLE, { userIds: undefined }, 'invalidParameter.userIds.empty'],
    ['an empty list of users', TO_PEOPLE, { userIds: [] }, 'invalidParameter.userIds.empty'],
    ['21 users', TO_PEOPLE, { userIds: Array.from({ length: 21 }, String) }, 'invalidParameter.userIds.overMax'],
    ['no msgKey', TO_PEOPLE, { msgKey: undefined }, 'invalidParameter.msgKey.empty'],
    ['an unknown msgKey', TO_PEOPLE, { msgKey: 'sampleFeedCard' }, 'invalidParameter.msgKey.invalid'],
    ['the name of a method as msgKey', TO_PEOPLE, { msgKey: 'toString' }, 'invalidParameter.msgKey.invalid'],
    ['no msgParam', TO_PEOPLE, { msgParam: undefined }, 'invalidParameter.msgParam.invalid'],
    ['msgParam that is no JSON', TO_PEOPLE, { msgParam: 'hi' }, 'invalidParameter.msgParam.invalid'],
    ['msgParam that is no text', TO_PEOPLE, { msgParam: { content: 'hi' } }, 'invalidParameter.param.invalid'],
    ['no openConversationId', TO_GROUP, { openConversationId: undefined }, 'miss.openConversationId'],
    ['an unknown group', TO_GROUP, { openConversationId: 'cidX' }, 'invalid.openConversationId'],
    [
      '15,001 bytes',
      TO_GROUP,
      { msgParam: JSON.stringify({ content: '钉'.repeat(5_000) }) },
      'invalidParameter.msgParam.tooLong',
    ],
    ['no coolAppCode', TO_CHAT, { coolAppCode: undefined }, 'miss.param.coolAppCode'],
    ['a group as the chat of two', TO_CHAT, {}, 'invalid.openConversationId'],
  ]
  test.each(cases)('%s', async (_, path, more, code) => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const openConversationId = sim.group('Team').conversationId
    const good = { userIds: [sim.user('Alice').userId], openConversationId, coolAppCode: 'COOLAPP-1' }
    const answer = await call('POST', path, text(sim, { ...good, ...more }))
    expect(answer).toMatchObject({
      status: 400,
      body: { code, message: expect.any(String), requestid: expect.any(String) },
    })
    expect(sim.messages).toEqual([])
  })

  test('a body that is no JSON', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    expect(await call('POST', TO_PEOPLE, '{')).toMatchObject({ status: 400, body: { code: 'Missingbody' } })
  })

  test('a group that is gone, and one without the bot', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const [gone, closed] = [sim.group('Gone'), sim.group('Closed')]
    sim.disband(gone)
    sim.removeBot(closed)
    const send = ({ conversationId: openConversationId }: { conversationId: string }) =>
      call('POST', TO_GROUP, text(sim, { openConversationId }))
    expect(await send(gone)).toMatchObject({ status: 400, body: { code: 'group.disbanded' } })
    expect(await send(closed)).toMatchObject({ status: 400, body: { code: 'resource.not.found' } })
  })
})

test('people the platform does not know or holds back are told in a 200', async () => {
  await using sim = await createSimulator()
  const call = await caller(sim)
  const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
  sim.faults.flowControl({ user: bob })
  const userIds = [alice.userId, 'nobody', bob.userId]
  const answer = await call('POST', TO_PEOPLE, text(sim, { userIds }))
  expect(answer).toMatchObject({
    status: 200,
    body: { invalidStaffIdList: ['nobody'], flowControlledStaffIdList: [bob.userId] },
  })
  expect(sim.messages).toHaveLength(1)
  expect(await call('POST', TO_PEOPLE, text(sim, { userIds }))).toMatchObject({
    body: { flowControlledStaffIdList: [] },
  })
})

test('into the chat of two people', async () => {
  await using sim = await createSimulator()
  const call = await caller(sim)
  const { conversationId } = sim.chat(sim.user('Alice'), sim.user('Bob'))
  const body = text(sim, { openConversationId: conversationId, coolAppCode: 'COOLAPP-1' })
  expect(await call('POST', TO_CHAT, body)).toMatchObject({
    status: 200,
    body: { processQueryKey: expect.any(String) },
  })
  expect(await sim.expectReply('hi')).toMatchObject({ conversationId })
})
