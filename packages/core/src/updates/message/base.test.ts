import { inspect } from 'node:util'
import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import * as lenient from '../lenient/lenient.ts'
import { parseMessage } from './message.ts'
import { knownRobotCode } from './robot-code.ts'

const { text, filled, id, number, flag } = lenient
const needed = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.trim())

/** What the fields of a message are, as a schema. */
const Base = v.object({
  msgId: v.fallback(needed, ''),
  conversationId: v.fallback(needed, ''),
  conversationType: v.fallback(v.pipe(needed, v.nonEmpty()), '1'),
  senderId: v.fallback(needed, ''),
  conversationTitle: filled,
  sceneGroupCode: id,
  openThreadId: id,
  senderStaffId: id,
  senderUnionId: id,
  senderNick: filled,
  senderCorpId: id,
  senderPlatform: text,
  isAdmin: flag,
  isInAtList: flag,
  atUsers: lenient.list(v.object({ dingtalkId: id, staffId: id, unionId: id })),
  createAt: number,
  robotCode: v.pipe(
    id,
    v.transform(code => knownRobotCode(code)),
  ),
  chatbotUserId: id,
  chatbotCorpId: id,
  originalMsgId: id,
  originalProcessQueryKey: id,
  hostingContext: lenient.fields(v.object({ userId: id, nick: filled })),
  conversationMsgContext: lenient.list(v.object({ readStatus: id, senderUserId: id, sendTime: number })),
  sessionWebhookExpiredTime: number,
})

const odd = fc.oneof(
  fc.constantFrom('', ' ', 'a', ' a ', '1', '2', 'true', 'normal', ' NORMAL', 0, 1, 1.5, true, false, null),
  fc.constantFrom([{ dingtalkId: 1 }, 'x', null, []], '[{"dingtalkId":"d"}]', { userId: 7 }, '{"nick":"n"}'),
  fc.jsonValue(),
)

test('the fields that all messages share are what their schema makes of any payload', () => {
  const names = Object.keys(Base.entries)
  const payloads = fc.record(Object.fromEntries(names.map(name => [name, odd])), { requiredKeys: [] })
  const property = fc.property(payloads, payload => {
    const message = parseMessage({ ...payload, msgtype: 'text', text: { content: 'x' } })
    const { msgtype, ...base } = Object.fromEntries(Object.entries(message))
    expect(msgtype).toBe('text')
    expect(base).toEqual({ ...v.parse(Base, payload), text: { content: 'x' } })
    // What is missing is not there, so that copies of it put nothing over defaults.
    expect(Object.values(base)).not.toContain(undefined)
  })
  fc.assert(property, { numRuns: 2_000 })
})

test('a message prints the fields that it has, and copies and prints without its webhook and its payload', () => {
  const sessionWebhook = 'https://oapi.dingtalk.com/robot/sendBySession?session=deadbeef'
  const message = parseMessage({ msgId: 'm', msgtype: 'text', text: { content: 'hi' }, sessionWebhook, extra: 'e' })
  const shown = { msgId: 'm', conversationId: '', conversationType: '1', senderId: '', msgtype: 'text' }
  expect(inspect(message)).toBe(inspect({ ...shown, text: { content: 'hi' } }))
  expect(message.sessionWebhook).toBe(sessionWebhook)
  expect(message.raw).toMatchObject({ extra: 'e' })
  const copy: object = { ...message }
  expect(copy).not.toHaveProperty('sessionWebhook')
  expect(copy).not.toHaveProperty('raw')
  for (const print of [inspect(message, { showHidden: true, depth: 9 }), JSON.stringify(message)]) {
    expect(print).not.toContain('deadbeef')
  }
})
