import type { Logger } from '@dingware/transport'
import type { Runner } from './runner.ts'

/** What every backend of an inbox needs. */
export interface InboxTools {
  readonly runner: Runner
  readonly logger: Logger
  /** What the keys of this bot begin with; the clientId is known from the start of the bot on. */
  readonly prefix: () => string
  /** Milliseconds after which an instance that is not heard of counts as dead. */
  readonly lease: number
  /** How long an update that was handled is recognised when it comes again, in milliseconds. */
  readonly traceMs: number
}
