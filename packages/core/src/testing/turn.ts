import type { ApiCall } from '../api/api-call.ts'
import type { Reply } from '../updates/update.ts'
import type { TestReply } from './replies.ts'

/** What came of one update. */
export interface Turn {
  /** What was answered to the platform. */
  readonly answer: Reply
  /** What the bot said in this turn, oldest first; also cards of earlier turns that it changed, as they are in the end. */
  readonly replies: readonly TestReply[]
  /** The calls that the bot made in this turn. */
  readonly calls: readonly ApiCall[]
}
