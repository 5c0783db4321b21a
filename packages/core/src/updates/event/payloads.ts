import type { Fields } from '../lenient/lenient.ts'

/**
 * Payloads of events by type, with DingTalk's own field names. Fields are validated: each may be missing, and one of an
 * unexpected type is left out (it is still in `ctx.update.raw`). Fields that are not declared here are passed on, too.
 *
 * The platform sends events in several forms, by kind of app and channel: field names that differ only in case
 * (`userid`, `timestamp`, `UserId` over HTTP) are read as the declared ones, and a list of one may come as the single
 * item.
 *
 * Declare the payloads of other events that your app has subscribed; they are passed on without validation.
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
  /** People joined the organisation. */
  user_add_org: UsersChange
  /** Details of people changed. */
  user_modify_org: UsersModified
  /** People left the organisation. */
  user_leave_org: UsersChange
  /** People began to use DingTalk in the organisation. */
  user_active_org: UsersChange
  /** People became administrators. */
  org_admin_add: UsersChange
  /** People are no longer administrators. */
  org_admin_remove: UsersChange
  /** Departments were created. */
  org_dept_create: DepartmentsChange
  /** Departments were changed. */
  org_dept_modify: DepartmentsChange
  /** Departments were deleted. */
  org_dept_remove: DepartmentsChange
  /** People got or lost roles. */
  label_user_change: RoleMembersChange
  /** Roles or groups of roles were created. */
  label_conf_add: RolesChange
  /** Roles or groups of roles were changed. */
  label_conf_modify: RolesChange
  /** Roles or groups of roles were deleted. */
  label_conf_del: RolesChange
  /** An approval was started, finished, terminated or deleted. */
  bpms_instance_change: BpmsInstanceChange
  /** A task of an approval was assigned or completed. */
  bpms_task_change: BpmsTaskChange
  /** Somebody checked in at a place. */
  check_in: CheckIn
  /** A to-do was created. */
  todo_task_create: TodoTaskChange
  /** People were added to a group that the app manages. */
  chat_add_member: ChatMembersChange
  /** People were removed from a group that the app manages. */
  chat_remove_member: ChatMembersChange
  /** Somebody left a group that the app manages. */
  chat_quit: ChatChange
  /** A group that the app manages was dissolved. */
  chat_disband: ChatChange
  /** A group was renamed. */
  chat_update_title: ChatTitleChange
  /** A group got another owner. */
  chat_update_owner: ChatOwnerChange
  /** A template was switched on or off in a group. */
  chat_template_change: ChatTemplateChange
  /** The app was installed in a group; the only way in which a bot learns that it was added to one. */
  im_cool_app_install: CoolAppChange
  /** The app was removed from a group. */
  im_cool_app_uninstall: CoolAppChange
  /** The app was installed in a chat between two people. */
  single_conversation_cool_app_install: SingleChatCoolAppInstall
  /** Somebody read a message that the bot had sent through the API. */
  robot_msg_read: RobotMessageChange
  /** Somebody recalled a message that the bot had sent through the API. */
  robot_msg_recall: RobotMessageChange
  /** Somebody wrote to the organisation's service account. */
  isw_user_msg_received: ServiceMessageReceived
}

/**
 * Payload of events about people: those who joined or left the organisation, began to use DingTalk in it, or became or
 * ceased to be administrators.
 */
export interface UsersChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  /** userIds of these people. */
  readonly userId: readonly string[]
  /** userId of the person who did it; missing if it was not a person. */
  readonly optStaffId?: string | undefined
  /**
   * unionId. This and the following fields are details about a single person, as events of third-party apps have them.
   */
  readonly unionId?: string | undefined
  readonly dingId?: string | undefined
  readonly name?: string | undefined
  readonly position?: string | undefined
  readonly jobNumber?: string | undefined
  /** Ids of the person's departments. */
  readonly department: readonly number[]
  /** True if the person uses DingTalk. */
  readonly active?: boolean | undefined
  /** True for an administrator. */
  readonly isAdmin?: boolean | undefined
  /** True for a boss, as the directory has it. */
  readonly isBoss?: boolean | undefined
}

/** Payload of `user_modify_org`. */
export interface UsersModified extends UsersChange {
  /** Changes, per person. */
  readonly diffInfo: readonly UserDiff[]
}

/** Details of one person before and after: the fields that the app may see (`name`, `email`, `workPlace`, …). */
export interface UserDiff {
  readonly userId?: string | undefined
  /** Changed fields with their old values. */
  readonly prev?: Fields | undefined
  /** Changed fields with their new values. */
  readonly curr?: Fields | undefined
}

/** Payload of events about departments. */
export interface DepartmentsChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  /** Ids of these departments. */
  readonly deptId: readonly number[]
  /** userId of the person who did it. */
  readonly optStaffId?: string | undefined
  /** Name. This and the parent are details about a single department, as events of third-party apps have them. */
  readonly name?: string | undefined
  /** Id of the parent department. */
  readonly parentId?: number | undefined
}

/** Payload of `label_user_change`. */
export interface RoleMembersChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  /** `add` or `remove`. */
  readonly action?: string | undefined
  /** userIds of these people. */
  readonly userIdList: readonly string[]
  /** Ids of these roles. */
  readonly labelIdList: readonly number[]
}

/** Payload of events about roles and groups of roles. */
export interface RolesChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  /** Ids of these roles. */
  readonly labelIdList: readonly number[]
  readonly scope?: string | undefined
}

/** Payload of `bpms_instance_change`. */
export interface BpmsInstanceChange {
  /** Id of the approval. */
  readonly processInstanceId?: string | undefined
  /** Code of the approval's template. */
  readonly processCode?: string | undefined
  /** Number of the approval, as people see it. */
  readonly businessId?: string | undefined
  readonly businessType?: string | undefined
  readonly bizCategoryId?: string | undefined
  /** `start`, `finish`, `terminate` or `delete`. */
  readonly type?: string | undefined
  /** `agree` or `refuse`. */
  readonly result?: string | undefined
  /** Title of the approval. */
  readonly title?: string | undefined
  /** userId of the applicant. */
  readonly staffId?: string | undefined
  /** Milliseconds since the epoch. */
  readonly createTime?: number | undefined
  /** Milliseconds since the epoch. */
  readonly finishTime?: number | undefined
  /** Address of the approval. */
  readonly url?: string | undefined
}

/** Payload of `bpms_task_change`. */
export interface BpmsTaskChange {
  /** Id of the task. */
  readonly taskId?: number | undefined
  /** Id of the approval. */
  readonly processInstanceId?: string | undefined
  /** Code of the approval's template. */
  readonly processCode?: string | undefined
  readonly businessId?: string | undefined
  readonly businessType?: string | undefined
  readonly bizCategoryId?: string | undefined
  /** Id of the approval's step. */
  readonly activityId?: string | undefined
  /** Name of the approval's step. */
  readonly activityName?: string | undefined
  /** Kind of change, such as `start` or `finish`. */
  readonly type?: string | undefined
  /** `agree` or `refuse`. */
  readonly result?: string | undefined
  /** Comment of the approver. */
  readonly remark?: string | undefined
  /** Title of the approval. */
  readonly title?: string | undefined
  /** userId of the person whose task it is. */
  readonly staffId?: string | undefined
  /** userId of the person who did it, if that was somebody else. */
  readonly actualActionerId?: string | undefined
  /** userIds of the representatives. */
  readonly agentActionerIds: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createTime?: number | undefined
  /** Milliseconds since the epoch. */
  readonly finishTime?: number | undefined
}

/** Payload of `check_in`. */
export interface CheckIn {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  /** userId of the person. */
  readonly staffId?: string | undefined
}

/** Payload of `todo_task_create`. */
export interface TodoTaskChange {
  /** Id of the to-do. */
  readonly taskId?: string | undefined
  readonly bizTag?: string | undefined
  /** unionIds of the people it is assigned to. */
  readonly unionIdList: readonly string[]
}

/** Payload of events about groups that the app manages. */
export interface ChatChange {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  readonly eventType?: string | undefined
  /** Old id of the group. */
  readonly chatId?: string | undefined
  /** Id of the group, as in messages. */
  readonly openConversationId?: string | undefined
  readonly corpId?: string | undefined
  /** userId of the person who did it. */
  readonly operator?: string | undefined
  /** unionId of the person who did it. */
  readonly operatorUnionId?: string | undefined
}

/** Payload of `chat_add_member` and `chat_remove_member`. */
export interface ChatMembersChange extends ChatChange {
  /** userIds of the members. */
  readonly userId: readonly string[]
  /** unionIds of the members. */
  readonly unionId: readonly string[]
}

/** Payload of `chat_update_title`. */
export interface ChatTitleChange extends ChatChange {
  /** New name of the group. */
  readonly title?: string | undefined
}

/** Payload of `chat_update_owner`. */
export interface ChatOwnerChange extends ChatChange {
  /** userId of the new owner. */
  readonly owner?: string | undefined
}

/** Payload of `chat_template_change`. */
export interface ChatTemplateChange extends ChatChange {
  /** Id of the template. */
  readonly templateId?: string | undefined
  /** `on` or `off`. */
  readonly status?: string | undefined
  /** Milliseconds since the epoch. */
  readonly changedTimeStamp?: number | undefined
}

/** Payload of events about cool apps in groups. */
export interface CoolAppChange {
  /** Code of the cool app, as `api.send` takes it. */
  readonly coolAppCode?: string | undefined
  /** Milliseconds since the epoch. */
  readonly operateTime?: number | undefined
  /** Id of the group. */
  readonly openConversationId?: string | undefined
  /** Organisation that the group belongs to. */
  readonly openConversationCorpId?: string | undefined
  /** Robot code of the app. */
  readonly robotCode?: string | undefined
  /** userId of the person who did it. */
  readonly operator?: string | undefined
}

/** Payload of `single_conversation_cool_app_install`. */
export interface SingleChatCoolAppInstall extends CoolAppChange {
  /** userId of the other person. */
  readonly singleChatOtherUserId?: string | undefined
}

/** Payload of `robot_msg_read` and `robot_msg_recall`. */
export interface RobotMessageChange {
  /** userId of the person. */
  readonly userId?: string | undefined
  /** unionId of the person. */
  readonly unionId?: string | undefined
  /** Time in milliseconds since the epoch; the spelling is the platform's. */
  readonly operatTime?: number | undefined
  /** Robot that had sent the message. */
  readonly robotCode?: string | undefined
  /** Conversation of the message. */
  readonly openConversationId?: string | undefined
  /** Handle of the message, as `api.send` returned it. */
  readonly processQueryKey?: string | undefined
}

/** Payload of `isw_user_msg_received`. */
export interface ServiceMessageReceived {
  readonly msgId?: string | undefined
  /** unionId of the sender. */
  readonly fromUser?: string | undefined
  /** userId of the sender. */
  readonly fromUserId?: string | undefined
  readonly senderNick?: string | undefined
  readonly toUser?: string | undefined
  readonly msgType?: string | undefined
  /** Text of the message. */
  readonly content?: string | undefined
  readonly tmpPicUrl?: string | undefined
  /** Milliseconds since the epoch. */
  readonly createTime?: number | undefined
  /** Address for answers. A secret, so not enumerable. */
  readonly sessionWebhook?: string | undefined
  /** Milliseconds since the epoch. */
  readonly sessionWebhookExpiredTime?: number | undefined
}
