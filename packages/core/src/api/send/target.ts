/**
 * Receiver of a proactive message (`api.send`), one of:
 * - `{ users }`: people by userId
 * - `{ group }`: a group that the robot is in, by openConversationId
 * - `{ privateChat, coolAppCode }`: a private chat that the robot was added to by a cool app
 * - `{ webhook, secret }`: a session webhook, or a custom robot (`secret` is for signatures)
 */
export type Target =
  /** People by userId, each in their chat with the robot. */
  | { readonly users: string | readonly string[] }
  /** Group that the robot is in, by openConversationId; with `coolAppCode` if it was added by a cool app. */
  | { readonly group: string; readonly coolAppCode?: string | undefined }
  /** Private chat between two people that the robot was added to by a cool app, by openConversationId. */
  | { readonly privateChat: string; readonly coolAppCode: string }
  /**
   * Session webhook (valid for 90 minutes), or address of a custom robot (自定义机器人). Such a message cannot be recalled.
   * `secret` (`SEC…`) is for custom robots with signatures (加签); each call is signed anew.
   */
  | { readonly webhook: string; readonly secret?: string | undefined }

/** Targets that are addressed by URL, without a robot. */
export type WebhookTarget = Extract<Target, { readonly webhook: string }>
