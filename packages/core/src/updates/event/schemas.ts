import * as v from 'valibot'
import { withHidden } from '../lenient/hidden.ts'
import * as lenient from '../lenient/lenient.ts'
import { withKnownNames } from './names.ts'
import type { EventPayloads } from './payloads.ts'

const { text, id, number, flag, record } = lenient
const ids = several(v.pipe(v.union([v.pipe(v.string(), v.nonEmpty()), v.number()]), v.transform(String)))
const numbers = several(v.pipe(v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+$/))]), v.transform(Number)))

/** List; a single item counts as a list of one. Invalid items are left out. */
function several<T>(item: v.GenericSchema<unknown, T>): lenient.Items<T> {
  const toList = (value: unknown): readonly unknown[] => lenient.arrayOf(value) ?? [value]
  return v.fallback(v.pipe(v.unknown(), v.transform(toList), lenient.items(item)), [])
}

/**
 * Loose schema of a payload, so that fields without a type are passed on; names that differ only in case are read as
 * the declared ones.
 */
function payload<E extends v.ObjectEntries>(entries: E, aliases: Readonly<Record<string, keyof E & string>> = {}) {
  const names = Object.keys(entries).map(name => [name.toLowerCase(), name] as const)
  const known = new Map([...names, ...Object.entries(aliases)])
  return v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform(fields => withKnownNames(fields, known)),
    v.looseObject(entries),
  )
}

const users = {
  timeStamp: number,
  userId: ids,
  optStaffId: id,
  unionId: text,
  dingId: text,
  name: text,
  position: text,
  jobNumber: id,
  department: numbers,
  active: flag,
  isAdmin: flag,
  isBoss: flag,
}
const usersChange = payload(users)
const departmentsChange = payload(
  { timeStamp: number, deptId: numbers, optStaffId: id, name: text, parentId: number },
  { id: 'deptId' },
)
const rolesChange = payload({ timeStamp: number, labelIdList: numbers, scope: id })
const approval = {
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
}
const chat = {
  timeStamp: number,
  eventType: text,
  chatId: text,
  openConversationId: text,
  corpId: text,
  operator: id,
  operatorUnionId: text,
}
const coolApp = {
  coolAppCode: text,
  operateTime: number,
  openConversationId: text,
  openConversationCorpId: text,
  robotCode: text,
  operator: id,
}
const chatMembersChange = payload({ ...chat, userId: ids, unionId: ids })
const coolAppChange = payload(coolApp)
/** Id of one person; a list of one counts as that one. */
const person = v.optional(
  v.pipe(
    v.unknown(),
    v.transform(value => v.parse(ids, value)[0]),
  ),
)
const robotMessageChange = payload({
  userId: person,
  unionId: person,
  operatTime: number,
  robotCode: text,
  openConversationId: text,
  processQueryKey: text,
})
const userDiff = v.pipe(v.unknown(), v.transform(lenient.recordOf), payload({ userId: id, prev: record, curr: record }))

// None of these schemas fails for an object.
const SCHEMAS: { readonly [T in keyof EventPayloads]?: v.GenericSchema<lenient.Fields, EventPayloads[T]> } = {
  user_add_org: usersChange,
  user_modify_org: payload({ ...users, diffInfo: several(userDiff) }),
  user_leave_org: usersChange,
  user_active_org: usersChange,
  org_admin_add: usersChange,
  org_admin_remove: usersChange,
  org_dept_create: departmentsChange,
  org_dept_modify: departmentsChange,
  org_dept_remove: departmentsChange,
  label_user_change: payload({ timeStamp: number, action: text, userIdList: ids, labelIdList: numbers }),
  label_conf_add: rolesChange,
  label_conf_modify: rolesChange,
  label_conf_del: rolesChange,
  bpms_instance_change: payload({ ...approval, url: text }),
  bpms_task_change: payload({
    ...approval,
    taskId: number,
    remark: text,
    activityId: text,
    activityName: text,
    actualActionerId: id,
    agentActionerIds: ids,
  }),
  check_in: payload({ timeStamp: number, staffId: id }),
  todo_task_create: payload({ taskId: id, bizTag: text, unionIdList: ids }),
  chat_add_member: chatMembersChange,
  chat_remove_member: chatMembersChange,
  chat_quit: payload(chat),
  chat_disband: payload(chat),
  chat_update_title: payload({ ...chat, title: text }),
  chat_update_owner: payload({ ...chat, owner: id }),
  chat_template_change: payload({ ...chat, templateId: text, status: text, changedTimeStamp: number }),
  im_cool_app_install: coolAppChange,
  im_cool_app_uninstall: coolAppChange,
  single_conversation_cool_app_install: payload({ ...coolApp, singleChatOtherUserId: id }),
  robot_msg_read: robotMessageChange,
  robot_msg_recall: robotMessageChange,
  isw_user_msg_received: v.pipe(
    payload({
      msgId: text,
      fromUser: id,
      fromUserId: id,
      senderNick: text,
      toUser: id,
      msgType: text,
      content: text,
      tmpPicUrl: text,
      createTime: number,
      sessionWebhook: text,
      sessionWebhookExpiredTime: number,
    }),
    v.transform(({ sessionWebhook, ...rest }) => withHidden(rest, { sessionWebhook })),
  ),
}

const BY_TYPE: ReadonlyMap<string, v.GenericSchema<lenient.Fields, object>> = new Map(Object.entries(SCHEMAS))

/** Validates the payload of a typed event; any other payload is returned as it is. */
export function readPayload(type: string, raw: unknown): unknown {
  const schema = BY_TYPE.get(type)
  return schema ? v.parse(schema, lenient.recordOf(raw) ?? {}) : raw
}
