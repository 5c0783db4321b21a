/** Whom a robot speaks to on its own. */
export type Target =
  /** People, each in their chat with the robot, by userId. */
  | { readonly users: string | readonly string[] }
  /** A group that the robot is in, by openConversationId. */
  | { readonly group: string; readonly coolAppCode?: string | undefined }
  /** A chat between two people that the robot was added to through a cool app. */
  | { readonly privateChat: string; readonly coolAppCode: string }
  /** A session webhook: good for 90 minutes, no handle to recall by. */
  | { readonly webhook: string }
