/**
 * The payloads of events, by type. Fields have DingTalk's own names and spelling; each may be missing, and is checked:
 * one that has another type than it should is left out (it stays in `ctx.update.raw`). Fields not listed here are there,
 * too.
 *
 * Add the events that your app has subscribed; dingware hands over their payloads unchecked.
 *
 * @example
 * ```ts
 * declare module '@dingware/core' {
 *   interface EventPayloads {
 *     check_in: { readonly userId: string; readonly timeStamp: number }
 *   }
 * }
 * ```
 */
export interface EventPayloads {
  user_add_org: UserAddOrg
  bpms_instance_change: BpmsInstanceChange
  bpms_task_change: BpmsTaskChange
  chat_add_member: ChatAddMember
  im_cool_app_install: CoolAppInstall
  robot_msg_read: RobotMessageChange
  robot_msg_recall: RobotMessageChange
  isw_user_msg_received: ServiceMessageReceived
}

/** People joined the organisation. */
export interface UserAddOrg {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  readonly userId: readonly string[]
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
  readonly type?: string | undefined
  /** `agree` or `refuse`. */
  readonly result?: string | undefined
  readonly remark?: string | undefined
  readonly title?: string | undefined
  /** Whose task it is. */
  readonly staffId?: string | undefined
  /** Milliseconds since the epoch. */
  readonly createTime?: number | undefined
  /** Milliseconds since the epoch. */
  readonly finishTime?: number | undefined
}

/** People joined a group that the app manages. */
export interface ChatAddMember {
  /** Milliseconds since the epoch. */
  readonly timeStamp?: number | undefined
  readonly eventType?: string | undefined
  readonly chatId?: string | undefined
  readonly openConversationId?: string | undefined
  readonly corpId?: string | undefined
  /** Who added them. */
  readonly operator?: string | undefined
  readonly operatorUnionId?: string | undefined
  readonly userId: readonly string[]
  readonly unionId: readonly string[]
}

/** A group installed the app: the one way in which a bot learns that it is in a group. */
export interface CoolAppInstall {
  readonly coolAppCode?: string | undefined
  /** Milliseconds since the epoch. */
  readonly operateTime?: number | undefined
  readonly openConversationId?: string | undefined
  readonly openConversationCorpId?: string | undefined
  readonly robotCode?: string | undefined
  readonly operator?: string | undefined
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
  readonly fromUser?: string | undefined
  readonly toUser?: string | undefined
  readonly msgType?: string | undefined
  readonly content?: string | undefined
  readonly tmpPicUrl?: string | undefined
  /** A secret, so not enumerable. */
  readonly sessionWebhook?: string | undefined
}
