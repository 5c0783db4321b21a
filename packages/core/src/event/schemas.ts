import * as v from 'valibot'
import { withHidden } from '../lenient/hidden.ts'
import * as lenient from '../lenient/lenient.ts'
import type { EventPayloads } from './payloads.ts'

const { text, id, number } = lenient
const ids = lenient.items(v.string())

const robotMessageChange = v.looseObject({
  userId: id,
  unionId: text,
  operatTime: number,
  robotCode: text,
  openConversationId: text,
  processQueryKey: text,
})

// Loose, so that fields which nobody has typed yet reach the handler. None of these can fail.
const SCHEMAS: { readonly [T in keyof EventPayloads]?: v.GenericSchema<unknown, EventPayloads[T]> } = {
  user_add_org: v.looseObject({ timeStamp: number, userId: ids }),
  bpms_instance_change: v.looseObject({
    processInstanceId: text,
    processCode: text,
    businessId: id,
    businessType: text,
    bizCategoryId: text,
    type: text,
    result: text,
    title: text,
    staffId: id,
    createTime: number,
    finishTime: number,
    url: text,
  }),
  bpms_task_change: v.looseObject({
    taskId: number,
    processInstanceId: text,
    processCode: text,
    businessId: id,
    type: text,
    result: text,
    remark: text,
    title: text,
    staffId: id,
    createTime: number,
    finishTime: number,
  }),
  chat_add_member: v.looseObject({
    timeStamp: number,
    eventType: text,
    chatId: text,
    openConversationId: text,
    corpId: text,
    operator: id,
    operatorUnionId: text,
    userId: ids,
    unionId: ids,
  }),
  im_cool_app_install: v.looseObject({
    coolAppCode: text,
    operateTime: number,
    openConversationId: text,
    openConversationCorpId: text,
    robotCode: text,
    operator: id,
  }),
  robot_msg_read: robotMessageChange,
  robot_msg_recall: robotMessageChange,
  isw_user_msg_received: v.pipe(
    v.looseObject({ fromUser: id, toUser: id, msgType: text, content: text, tmpPicUrl: text, sessionWebhook: text }),
    v.transform(({ sessionWebhook, ...rest }) => withHidden(rest, { sessionWebhook })),
  ),
}

const BY_TYPE: ReadonlyMap<string, v.GenericSchema<unknown, object>> = new Map(Object.entries(SCHEMAS))

/** Checks the payload of an event that has a type of its own; any other is handed over as it is. */
export function readPayload(type: string, raw: unknown): unknown {
  const schema = BY_TYPE.get(type)
  return schema ? v.parse(schema, lenient.recordOf(raw) ?? {}) : raw
}
