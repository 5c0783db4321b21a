import type { Logger } from '@dingware/transport'
import type { Api } from '../api/api.ts'
import type { OpenClicks } from '../api/card/open-clicks.ts'
import type { Replier } from '../api/reply/replier.ts'
import type { SentMemory } from '../api/send/memory.ts'
import type { Shared } from '../store/shared.ts'
import type { Store } from '../store/store.ts'
import type { Context } from './context.ts'

/** Services that all contexts of a bot share. */
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
  /** The store, if the bot was given one. */
  readonly shared: Shared | undefined
  /** True if a handler of the bot is registered for the button with this id. */
  readonly isAction: (id: string) => boolean
  /** Command prefixes, if they are not just `/`. */
  readonly commandPrefix: readonly string[] | undefined
  /** Key of the conversation that an update belongs to. */
  readonly conversationKey: (ctx: Context) => string | undefined
  /** Makes `stop()` wait for a task, and reports its rejection. */
  readonly runBeside: (ctx: Context, task: Promise<unknown>) => void
}
