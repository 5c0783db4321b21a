import { createSimulator } from '@dingware/simulator'
import type { FrameHeaders } from '@dingware/transport'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Evidence, evidenceOf } from '../../../fixtures/evidence.ts'
import { createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
import { createUpdate, TOPICS, type Update } from '../update.ts'
import { parseEvent } from './event.ts'

const CORP = 'ding8e9a080b8f5889c24241e8520ccdc8ae'
const GROUP_MEMBERS = {
  timeStamp: 1608027106990,
  chatId: 'chat28367b03e4b4ca4b5074e1dbfb5d6088',
  openConversationId: 'iis6fGqqqt87xxxxiEiE',
  operator: '10203029011219896',
  operatorUnionId: 'iis6fGqqqt87xxxxiEiE',
  userId: ['user456'],
  unionId: ['3rBUxxxQiEiE'],
}
const BOT_MESSAGE = { unionId: 'sdjkqwheda', robotCode: 'dingnxkjdhasdw', userId: 'manager', operatTime: 1654641965416 }
const COOL_APP = {
  coolAppCode: 'COOLAPP-1-1018xxxxxxxxxxxxxxxx',
  operateTime: 1641866135051,
  openConversationId: 'cidT461wC7yvGJxxxxxxxxxxxxxx',
  openConversationCorpId: 'ding9bd1bfb59xxxxxxxxxxxxxxxxxxx',
  robotCode: 'rBLBXuiaA2rn3xxxxxxxxxxxxxx',
}

/** What each event says, by hand. */
const EXPECTED: Readonly<Record<string, readonly [type: string, data: object]>> = {
  'A chat_add_member [group-session-add-persons]': ['chat_add_member', GROUP_MEMBERS],
  'A chat_remove_member [group-session-delete-persons]': ['chat_remove_member', GROUP_MEMBERS],
  'A chat_quit [group-session-users-actively-withdraw-from-the-group]': [
    'chat_quit',
    { operator: 'user456', openConversationId: 'cidmfWxxxx', chatId: 'chat676e50a07xxxx', timeStamp: 1608026903228 },
  ],
  'A chat_disband [group-session-disband-group]': [
    'chat_disband',
    { operator: 'user12345', openConversationId: 'cid1MFt2YA6gAxxxxx', timeStamp: 1608030111461 },
  ],
  'A chat_update_title [group-session-change-group-name]': [
    'chat_update_title',
    { title: '开放平台', operator: 'user456', openConversationId: 'cidmfWxxxx' },
  ],
  'A chat_update_owner [group-session-change-group-master]': [
    'chat_update_owner',
    { owner: 'manager4220', openConversationId: 'cidmfWxxxx', operatorUnionId: 'FxhxxxMBEp8iE' },
  ],
  'A chat_template_change [group-templates-are-enabled-or-disabled]': [
    'chat_template_change',
    {
      templateId: '1111abcd-1234-1234-dcba-123456789012',
      status: 'on',
      operator: 'manager0112',
      changedTimeStamp: 43535463645,
      openConversationId: 'cidff2312123ee',
    },
  ],
  'A robot_msg_read [bot-message-read-event]': [
    'robot_msg_read',
    { ...BOT_MESSAGE, openConversationId: 'cidajsdhqwiocid111', processQueryKey: 'dsadfsafaewsrdefe' },
  ],
  'A robot_msg_recall [bot-message-withdrawal-event]': [
    'robot_msg_recall',
    { ...BOT_MESSAGE, openConversationId: 'cidajsddddashqwio', processQueryKey: 'dsadfsafaewsrdefe' },
  ],
  'A im_cool_app_uninstall [uninstall-cool-app-event-in-group]': [
    'im_cool_app_uninstall',
    { ...COOL_APP, operator: '0213454xxxx1745' },
  ],
  'A single_conversation_cool_app_install [single-chat-install-cool-app]': [
    'single_conversation_cool_app_install',
    { ...COOL_APP, operator: '123455', singleChatOtherUserId: '234567' },
  ],
  'A isw_user_msg_received [service-number-receiving-single-chat-message]': [
    'isw_user_msg_received',
    {
      fromUser: 'VsIS5Rxxxxxx8ygiEiE',
      fromUserId: '2003xxx19',
      senderNick: '发送者01',
      toUser: 'U4n9RTxxxxxx4AiEiE',
      msgType: 'image',
      msgId: 'dsa8d87y2c3d6',
      content: 'test content',
      tmpPicUrl: 'https://down-cdn.dingtalk.com/dsa8d87y7c8d8c.jpg',
      createTime: 145265545673,
      sessionWebhook: 'https://oapi.dingtalk.com/xxx',
      sessionWebhookExpiredTime: 1442027997327,
    },
  ],
  'A user_add_org [event-subscription-enterprises-increase-employee-events]': [
    'user_add_org',
    {
      userId: ['user123'],
      unionId: 'm8axYHBIiSxxxx',
      dingId: '$:LWCP_v1:$LT',
      name: '钉钉',
      position: '钉钉技术支持',
      jobNumber: '12345',
      department: [1, 2],
      active: true,
      isAdmin: true,
      isBoss: false,
    },
  ],
  'A user_leave_org [enterprise-delete-employee]': [
    'user_leave_org',
    { userId: ['ding12345'], unionId: 'zvLdpxxxxxiEiE', dingId: '$:LWCP_v1:$G5YX0l5yOKZ2oxxxx' },
  ],
  'A user_leave_org [address-book-user-resignation]': [
    'user_leave_org',
    { userId: ['015xxxx227'], timeStamp: 1685501863357 },
  ],
  'A user_leave_org [enterprise-deletes-the-employee]': [
    'user_leave_org',
    { userId: [], unionId: 'zvLdpxxxxxiEiE', dingId: '$:LWCP_v1:$G5YX0l5yOKZ2oxxxx' },
  ],
  'A user_modify_org [address-book-user-change]': [
    'user_modify_org',
    {
      userId: ['user123456'],
      timeStamp: 1608017258073,
      diffInfo: [
        {
          userId: 'user123456',
          prev: expect.objectContaining({ name: '测试01', telephone: '1234' }),
          curr: expect.objectContaining({ name: '测试1', workPlace: '北京' }),
        },
      ],
    },
  ],
  'A user_active_org [user-activation-after-joining-the-enterprise]': ['user_active_org', { userId: ['015xxxx227'] }],
  'A user_active_org [user-activation-information]': [
    'user_active_org',
    { userId: ['user123'], name: '张三', position: '技术支持', department: [1], isBoss: true },
  ],
  'A org_dept_create [create-department-event]': ['org_dept_create', { deptId: [432825033] }],
  'A org_dept_create [event-subscription-creates-department-events]': [
    'org_dept_create',
    { deptId: [123455], name: '测试部门', parentId: 1123 },
  ],
  'A bpms_task_change [event-bpms-task-change]': [
    'bpms_task_change',
    { taskId: 811165, staffId: '08058646137', type: 'finish', result: 'agree', remark: '同意' },
  ],
  'A label_user_change [employee-role-information-changes]': [
    'label_user_change',
    { userIdList: ['84597xxx464'], action: 'add', labelIdList: [1881] },
  ],
  'A todo_task_create [event-todo-task-create]': [
    'todo_task_create',
    { unionIdList: ['QWRGux2l4MuiSa0vxxxEiE'], bizTag: 'certify_todo', taskId: 'task98cd5581178bfc6f123800dxxx' },
  ],
  'A HTTP robot_msg_read': [
    'robot_msg_read',
    {
      userId: 'manager',
      unionId: 'DBKfs2T3Ho7C55hFYJ1iEiE',
      operatTime: 1654641965416,
      openConversationId: 'cidGvzGnbM8o0pjWuzzXLpJXC==',
      processQueryKey: 'GSE7mJHY47lNzo==',
      robotCode: 'dingpbmcrnwb22mmu82k',
    },
  ],
  'B HTTP user_add_org': [
    'user_add_org',
    { userId: ['762289661759945165'], optStaffId: '415297197440502867', timeStamp: 1639000000000 },
  ],
  'B bpms_task_change finish': [
    'bpms_task_change',
    {
      taskId: 88382752389,
      staffId: '442101490408000278',
      actualActionerId: '442101490408000278',
      agentActionerIds: [],
      activityId: '0f1e_2d3c',
      activityName: '审批人',
      result: 'agree',
      finishTime: 1765000060000,
    },
  ],
  'C user_add_org/leave_org': [
    'user_add_org',
    { userId: ['762289661759945165'], optStaffId: '415297197440502867', timeStamp: 1754500000000 },
  ],
  'A EVENT, topic dingTalk': ['user_add_org', { userId: ['762289661759945165'], timeStamp: 1690362102194 }],
  'A EVENT, key "header"': ['user_add_org', { userId: ['762289661759945165'], timeStamp: 1690362102194 }],
}

const lines = evidenceOf('events')
const events = lines.filter(line => line.name in EXPECTED)

/** The update as the line shows it: from a frame, from a body by HTTP, or as the payload of a frame. */
function updateOf({ frame, transport, data, eventType }: Evidence): Update {
  if (frame !== undefined) return fromWire(frame)
  if (transport === 'HTTP') return createUpdate(TOPICS.event, data)
  return createUpdate(TOPICS.event, data, { topic: '*', eventType: String(eventType) })
}

function fromWire(frame: unknown): Update {
  const { headers, header, data } = frame as { headers?: FrameHeaders; header?: FrameHeaders; data: string }
  const said = headers ?? header ?? { topic: '' }
  return createUpdate(said.topic, JSON.parse(data), said)
}

test('no line is left out', () => {
  const others = lines.filter(line => !(line.name in EXPECTED)).map(({ name }) => name)
  expect(others).toEqual(['B CALLBACK, old topic', 'B SYSTEM disconnect'])
})

test.each(events.map(line => [line.name, line] as const))('%s reaches a handler of its type', async (name, line) => {
  const [type, data] = EXPECTED[name] ?? ['', {}]
  const seen: Context[] = []
  const bot = createBot().on(`event:${type}`, ctx => void seen.push(ctx))
  await bot.handle(updateOf(line))
  expect(seen[0]?.event).toMatchObject({ type, data })
})

test.each(events.filter(({ frame, transport }) => frame ?? transport).map(line => [line.name, line] as const))(
  '%s says where and when',
  async (_name, line) => {
    const { headers, raw } = updateOf(line)
    const event = parseEvent(headers, raw)
    expect(event.corpId).toBe(CORP)
    expect(event.id).toBe(headers.eventId)
    expect(event.bornTime).toBeGreaterThan(1.6e12)
  },
)

test('the frames come in by a socket as well', async () => {
  await using sim = await createSimulator()
  const seen: unknown[] = []
  const { clientId, clientSecret, url } = sim
  await using bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url })
  bot.on('event', ctx => void seen.push([ctx.event.type, ctx.event.data]))
  await bot.start()
  const framed = events.filter(({ frame }) => frame !== undefined)
  for (const { frame } of framed) sim.faults.garbage(JSON.stringify(frame))
  await expect.poll(() => seen).toHaveLength(framed.length)
  expect(seen).toMatchObject(framed.map(({ name }) => EXPECTED[name]))
})

test('what was pushed under the old topic of messages is a message', async () => {
  const { frame } = lines.find(({ name }) => name === 'B CALLBACK, old topic') ?? {}
  const texts: string[] = []
  await createBot()
    .on('chatbot:text', ctx => void texts.push(`${ctx.from?.staffId}: ${ctx.text}`))
    .handle(fromWire(frame))
  expect(texts).toEqual(['415297197440502867: hi'])
})

test.each(events.map(line => [line.name, line] as const))('%s is read whatever field is missing', (_name, line) => {
  const { headers, raw } = updateOf(line)
  const { EventType, ...optional } = Object(raw)
  const type = EventType === undefined ? {} : { EventType }
  const fields = Object.entries(optional)
  const whole = parseEvent(headers, raw).data as Record<string, unknown>
  fc.assert(
    fc.property(fc.subarray(fields), some => {
      const part = parseEvent(headers, { ...type, ...Object.fromEntries(some) }).data as Record<string, unknown>
      for (const [key, value] of Object.entries(part)) {
        // What depends on fields that are gone is empty.
        if (Array.isArray(value) && value.length === 0) continue
        expect(whole).toHaveProperty([key])
      }
    }),
    { numRuns: 20 },
  )
})

test.each([
  ['a list', [{ userid: 'u1', prev: { name: 'a' }, curr: { name: 'b' } }]],
  ['one object', { userid: 'u1', prev: { name: 'a' }, curr: { name: 'b' } }],
  ['JSON text', '[{"userid":"u1","prev":{"name":"a"},"curr":{"name":"b"}}]'],
  ['names with capitals', { UserId: 'u1', Prev: { name: 'a' }, Curr: { name: 'b' } }],
])('what changed about a person comes as %s', (_shape, diffInfo) => {
  const { data } = parseEvent({ eventType: 'user_modify_org' }, { userId: 'u1', diffInfo })
  expect(data).toMatchObject({
    userId: ['u1'],
    diffInfo: [{ userId: 'u1', prev: { name: 'a' }, curr: { name: 'b' } }],
  })
})

test('who read a message comes as one or as a list of one', () => {
  for (const UserId of ['u1', ['u1'], '["u1"]']) {
    expect(parseEvent({}, { EventType: 'robot_msg_read', UserId }).data).toMatchObject({ userId: 'u1' })
  }
})

test('a check-in by HTTP and by the stream is the same to a handler', () => {
  const byHttp = { EventType: 'check_in', EventId: 7, CorpId: CORP, StaffId: 'manager1', TimeStamp: '1654641965416' }
  const event = parseEvent({}, byHttp)
  expect(event).toMatchObject({ type: 'check_in', id: '7', corpId: CORP, bornTime: 1654641965416 })
  expect(event.data).toMatchObject({ staffId: 'manager1', timeStamp: 1654641965416 })
  const streamed = parseEvent({ eventType: 'check_in' }, { staffId: 'manager1', timestamp: 1654641965416 })
  expect(streamed.data).toMatchObject({ staffId: 'manager1', timeStamp: 1654641965416 })
})

test('a flat body of a type that nobody has typed has the names of the stream, too', () => {
  const { data } = parseEvent({}, { EventType: 'hrm_user_record_change', UserID: 'u', OAStatus: 1, URL: 'x', plain: 1 })
  expect(data).toMatchObject({ userID: 'u', oaStatus: 1, url: 'x', plain: 1 })
})
