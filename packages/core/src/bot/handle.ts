import type { DingTalkError, Logger } from '@dingware/transport'
import type { Reply, Update } from '../updates/update.ts'

/** For the test kit and the webhook: like `handle`, and tells when there is an answer and what nobody took care of. */
export const HANDLE: unique symbol = Symbol.for('dingware.handle')

/** The logger of a bot, for what brings it its updates. */
export const LOG: unique symbol = Symbol.for('dingware.log')

/** What has the logger of a bot. */
export interface Logging {
  readonly [LOG]: Logger
}

export interface Handled {
  readonly reply: Reply
  readonly error?: DingTalkError | undefined
}

/** `onReply` gets the answer as soon as there is one; the promise resolves when the handlers have ended. */
export type Handle = (update: Update, onReply?: (reply: Reply) => void) => Promise<Handled>
