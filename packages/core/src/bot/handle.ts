import type { DingTalkError, Logger } from '@dingware/transport'
import type { Reply, Update } from '../updates/update.ts'

/**
 * Method for the test kit and the webhook: like `handle`, but reports the answer as soon as there is one, and an error
 * that no error handler took.
 */
export const HANDLE: unique symbol = Symbol.for('dingware.handle')

/** Property with the bot's logger, for whatever brings it its updates. */
export const LOG: unique symbol = Symbol.for('dingware.log')

/** Object with the logger of a bot. */
export interface Logging {
  readonly [LOG]: Logger
}

export interface Handled {
  readonly reply: Reply
  readonly error?: DingTalkError | undefined
}

/**
 * Runs an update. `onReply` gets the answer as soon as there is one; the promise resolves when the handlers have ended.
 */
export type Handle = (update: Update, onReply?: (reply: Reply) => void) => Promise<Handled>
