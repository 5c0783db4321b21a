import type { ApiCall } from '../api/api-call.ts'
import type { Reply } from '../updates/update.ts'
import type { TestReply } from './replies.ts'

/** Result of one update: the answer, and what the bot did. */
export interface Turn {
  /** Answer to the platform. */
  readonly answer: Reply
  /**
   * Messages of the bot in this turn, oldest first; also cards of earlier turns that it changed, in their final state.
   */
  readonly replies: readonly TestReply[]
  /** API calls of the bot in this turn. */
  readonly calls: readonly ApiCall[]
}
