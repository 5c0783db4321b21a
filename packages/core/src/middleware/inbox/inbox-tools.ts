import type { Logger } from '@dingware/transport'
import type { Runner } from './runner.ts'

/** Dependencies of each kind of storage. */
export interface InboxTools {
  readonly runner: Runner
  readonly logger: Logger
  /** Prefix of this bot's keys; a function, since the clientId is known only when the bot has started. */
  readonly prefix: () => string
  /** Milliseconds after which an instance without a sign of life counts as dead. */
  readonly lease: number
  /** Time for which a handled update is remembered, in milliseconds. */
  readonly traceMs: number
}
