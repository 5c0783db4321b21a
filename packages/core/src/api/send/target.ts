/** Whom a robot speaks to on its own. */
export type Target =
  /** People, each in their chat with the robot, by userId. */
  | { readonly users: string | readonly string[] }
  /** A group that the robot is in, by openConversationId. */
  | { readonly group: string; readonly coolAppCode?: string | undefined }
  /** A chat between two people that the robot was added to through a cool app. */
  | { readonly privateChat: string; readonly coolAppCode: string }
  /**
   * A session webhook, good for 90 minutes, or the address of a custom robot (自定义机器人). No handle to recall by.
   * `secret` is the one of a robot that wants signatures (加签, `SEC…`): each call is signed anew.
   */
  | { readonly webhook: string; readonly secret?: string | undefined }

/** Where only an address is known, and no robot. */
export type WebhookTarget = Extract<Target, { readonly webhook: string }>
