import type { Logger } from '@dingware/transport'
import type { Api } from '../api/api.ts'
import type { OpenClicks } from '../api/card/open-clicks.ts'
import type { Replier } from '../api/reply/replier.ts'
import type { SentMemory } from '../api/send/memory.ts'
import type { Shared } from '../store/shared.ts'
import type { Store } from '../store/store.ts'
import type { Context } from './context.ts'

/** What the contexts of a bot share. */
export interface ContextServices {
  readonly api: Api
  readonly reply: Replier
  readonly sent: SentMemory
  readonly replyToGraph: (webhook: string, markdown: string) => Promise<void>
  readonly logger: Logger
  readonly store: Store
  /** Answers a click with a change of its card. */
  readonly answerClick: OpenClicks['answer']
  readonly robotCode: () => string
  /** The store, where the bot was given one. */
  readonly shared: Shared | undefined
  /** Whether a handler of the bot is for the button with that id. */
  readonly isAction: (id: string) => boolean
  /** What commands begin with, where that is not `/`. */
  readonly commandPrefix: readonly string[] | undefined
  /** To which conversation an update belongs. */
  readonly conversationKey: (ctx: Context) => string | undefined
  /** Keeps `stop()` waiting for a task, and reports what it rejects with. */
  readonly runBeside: (ctx: Context, task: Promise<unknown>) => void
}
