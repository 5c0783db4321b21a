import type { Fields } from '../lenient/lenient.ts'

/**
 * The payloads of events, by type. Fields have DingTalk's own names and spelling; each may be missing, and is checked:
 * one that has another type than it should is left out (it stays in `ctx.update.raw`). Fields not listed here are there,
 * too.
 *
 * The platform sends several shapes of one event, by kind of app and by way: a name that differs in case only (`userid`,
 * `timestamp`, `UserId` by HTTP) is read as the one listed, and a list of one may come as that one.
 *
 * Add the events that your app has subscribed; dingware hands over their payloads unchecked.
 *
 * @example
 * ```ts
 * declare module '@dingware/core' {
 *   interface EventPayloads {
 *     attendance_check_record: { readonly dataList: readonly { readonly userId: string }[] }
 *   }
 * }
 * ```
 */
export interface EventPayloads {
  user_add_org: UsersChange
  user_modify_org: UsersModified
  user_leave_org: UsersChange
  user_active_org: UsersChange
  org_admin_add: UsersChange
  org_admin_remove: UsersChange
  org_dept_create: DepartmentsChange
  org_dept_modify: DepartmentsChange
  org_dept_remove: DepartmentsChange
  label_user_change: RoleMembersChange
  label_conf_add: RolesChange
  label_conf_modify: RolesChange
  label_conf_del: RolesChange
  bpms_instance_change: BpmsInstanceChange
  bpms_task_change: BpmsTaskChange
  check_in: CheckIn
  todo_task_create: TodoTaskChange
  chat_add_member: ChatMembersChange
  chat_remove_member: ChatMembersChange
  chat_quit: ChatChange
  chat_disband: ChatChange
  chat_update_title: ChatTitleChange
  chat_update_owner: ChatOwnerChange
  chat_template_change: ChatTemplateChange
  im_cool_app_install: CoolAppChange
  im_cool_app_uninstall: CoolAppChange
  single_conversation_cool_app_install: SingleChatCoolAppInstall
  robot_msg_read: RobotMessageChange
  robot_msg_recall: RobotMessageChange
  isw_user_msg_received: ServiceMessageReceived
}

/** People joined or left the organisation, began to use DingTalk in it, or became or ceased to be administrators. */
export interface UsersChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  readonly userId: readonly string[]
  /** Who did it; missing when it was no person. */
  readonly optStaffId?: string | undefined
  /** As the events of third-party apps have it, which tell of one person, with these details. */
  readonly unionId?: string | undefined
  readonly dingId?: string | undefined
  readonly name?: string | undefined
  readonly position?: string | undefined
  readonly jobNumber?: string | undefined
  /** Ids of the person's departments. */
  readonly department: readonly number[]
  readonly active?: boolean | undefined
  readonly isAdmin?: boolean | undefined
  readonly isBoss?: boolean | undefined
}

/** What is known of people changed. */
export interface UsersModified extends UsersChange {
  /** What changed, for each person. */
  readonly diffInfo: readonly UserDiff[]
}

/** One person before and after: the fields that the app may see (`name`, `email`, `workPlace`, …). */
export interface UserDiff {
  readonly userId?: string | undefined
  readonly prev?: Fields | undefined
  readonly curr?: Fields | undefined
}

/** Departments were made, changed or removed. */
export interface DepartmentsChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  readonly deptId: readonly number[]
  readonly optStaffId?: string | undefined
  /** As the events of third-party apps have it, which tell of one department, with these details. */
  readonly name?: string | undefined
  readonly parentId?: number | undefined
}

/** People were given roles, or lost them. */
export interface RoleMembersChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  /** `add` or `remove`. */
  readonly action?: string | undefined
  readonly userIdList: readonly string[]
  readonly labelIdList: readonly number[]
}

/** Roles, or groups of roles, were made, changed or removed. */
export interface RolesChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  readonly labelIdList: readonly number[]
  readonly scope?: string | undefined
}

/** An approval began or came to an end. */
export interface BpmsInstanceChange {
  readonly processInstanceId?: string | undefined
  readonly processCode?: string | undefined
  readonly businessId?: string | undefined
  readonly businessType?: string | undefined
  readonly bizCategoryId?: string | undefined
  /** `start`, `finish`, `terminate` or `delete`. */
  readonly type?: string | undefined
  /** `agree` or `refuse`. */
  readonly result?: string | undefined
  readonly title?: string | undefined
  /** Who asked for it. */
  readonly staffId?: string | undefined
  /** Milliseconds since the epoch. */
  readonly createTime?: number | undefined
  /** Milliseconds since the epoch. */
  readonly finishTime?: number | undefined
  readonly url?: string | undefined
}

/** A task of an approval was given or done. */
export interface BpmsTaskChange {
  readonly taskId?: number | undefined
  readonly processInstanceId?: string | undefined
  readonly processCode?: string | undefined
  readonly businessId?: string | undefined
  readonly businessType?: string | undefined
  readonly bizCategoryId?: string | undefined
  readonly activityId?: string | undefined
  /** The step of the approval, as people see it. */
  readonly activityName?: string | undefined
  readonly type?: string | undefined
  /** `agree` or `refuse`. */
  readonly result?: string | undefined
  readonly remark?: string | undefined
  readonly title?: string | undefined
  /** Whose task it is. */
  readonly staffId?: string | undefined
  /** Who did it, where that was somebody else. */
  readonly actualActionerId?: string | undefined
  readonly agentActionerIds: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createTime?: number | undefined
  /** Milliseconds since the epoch. */
  readonly finishTime?: number | undefined
}

/** Somebody said where they are. */
export interface CheckIn {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  readonly staffId?: string | undefined
}

/** Somebody was given something to do. */
export interface TodoTaskChange {
  readonly taskId?: string | undefined
  readonly bizTag?: string | undefined
  readonly unionIdList: readonly string[]
}

/** Something happened to a group that the app manages: somebody left it, or it was disbanded. */
export interface ChatChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  readonly eventType?: string | undefined
  readonly chatId?: string | undefined
  readonly openConversationId?: string | undefined
  readonly corpId?: string | undefined
  /** Who did it. */
  readonly operator?: string | undefined
  readonly operatorUnionId?: string | undefined
}

/** People were added to a group that the app manages, or removed. */
export interface ChatMembersChange extends ChatChange {
  readonly userId: readonly string[]
  readonly unionId: readonly string[]
}

/** A group has another name. */
export interface ChatTitleChange extends ChatChange {
  readonly title?: string | undefined
}

/** A group has another owner. */
export interface ChatOwnerChange extends ChatChange {
  readonly owner?: string | undefined
}

/** A template was turned on or off in a group. */
export interface ChatTemplateChange extends ChatChange {
  readonly templateId?: string | undefined
  /** `on` or `off`. */
  readonly status?: string | undefined
  /** Milliseconds since the epoch. */
  readonly changedTimeStamp?: number | undefined
}

/** A group installed the app (the one way in which a bot learns that it is in a group), or took it out. */
export interface CoolAppChange {
  readonly coolAppCode?: string | undefined
  /** Milliseconds since the epoch. */
  readonly operateTime?: number | undefined
  readonly openConversationId?: string | undefined
  readonly openConversationCorpId?: string | undefined
  readonly robotCode?: string | undefined
  readonly operator?: string | undefined
}

/** Somebody installed the app in a chat of two people. */
export interface SingleChatCoolAppInstall extends CoolAppChange {
  /** The other one. */
  readonly singleChatOtherUserId?: string | undefined
}

/** Somebody read, or recalled, a message that the bot had sent through the API. */
export interface RobotMessageChange {
  readonly userId?: string | undefined
  readonly unionId?: string | undefined
  /** The platform's spelling. Milliseconds since the epoch. */
  readonly operatTime?: number | undefined
  readonly robotCode?: string | undefined
  readonly openConversationId?: string | undefined
  /** As sending gave it. */
  readonly processQueryKey?: string | undefined
}

/** Somebody wrote to the organisation's service account. */
export interface ServiceMessageReceived {
  readonly msgId?: string | undefined
  /** Their unionId. */
  readonly fromUser?: string | undefined
  readonly fromUserId?: string | undefined
  readonly senderNick?: string | undefined
  readonly toUser?: string | undefined
  readonly msgType?: string | undefined
  readonly content?: string | undefined
  readonly tmpPicUrl?: string | undefined
  /** Milliseconds since the epoch. */
  readonly createTime?: number | undefined
  /** A secret, so not enumerable. */
  readonly sessionWebhook?: string | undefined
  /** Milliseconds since the epoch. */
  readonly sessionWebhookExpiredTime?: number | undefined
}
