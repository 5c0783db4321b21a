import { expectTypeOf, test } from 'vitest'
import { type EventData, type EventInfo, type EventType, isEvent, parseEvent } from './event.ts'

// Users write '@dingware/core' here.
declare module './payloads.ts' {
  interface EventPayloads {
    dingware_type_test: { readonly answer: number }
  }
}

const event = parseEvent({}, null)

test('an event of no particular type has unknown data', () => {
  expectTypeOf(event).toEqualTypeOf<EventInfo>()
  expectTypeOf(event.type).toBeString()
  expectTypeOf(event.data).toBeUnknown()
  expectTypeOf<EventData<'meeting_start'>>().toBeUnknown()
})

test('its type types its data', () => {
  if (isEvent(event, 'robot_msg_read')) expectTypeOf(event.data.processQueryKey).toEqualTypeOf<string | undefined>()
  if (isEvent(event, 'user_add_org')) expectTypeOf(event.data.userId).toEqualTypeOf<readonly string[]>()
  if (isEvent(event, 'meeting_start')) expectTypeOf(event.data).toBeUnknown()
  expectTypeOf<EventInfo<'user_add_org'>>().toExtend<EventInfo>()
})

test('the shapes of one event are one type', () => {
  if (isEvent(event, 'user_modify_org'))
    expectTypeOf(event.data.diffInfo[0]?.userId).toEqualTypeOf<string | undefined>()
  if (isEvent(event, 'org_dept_create')) expectTypeOf(event.data.deptId).toEqualTypeOf<readonly number[]>()
  if (isEvent(event, 'chat_update_title')) expectTypeOf(event.data.title).toEqualTypeOf<string | undefined>()
  if (isEvent(event, 'check_in')) expectTypeOf(event.data.staffId).toEqualTypeOf<string | undefined>()
})

test('users add types of their own', () => {
  expectTypeOf<'dingware_type_test'>().toExtend<EventType>()
  if (isEvent(event, 'dingware_type_test')) expectTypeOf(event.data.answer).toBeNumber()
})

test('what an event does not have is an error', () => {
  // @ts-expect-error: not known before its type is
  event.data.userId
  // @ts-expect-error: no such field
  if (isEvent(event, 'user_add_org')) event.data.nope
})
