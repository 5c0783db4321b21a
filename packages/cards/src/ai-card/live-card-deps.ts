import type { Sender } from '../deliver/body.ts'
import type { Say } from '../deliver/message.ts'
import type { CardTarget } from '../deliver/target.ts'
import type { Engine } from '../engine/engine.ts'
import type { AiTemplate } from '../template/ai-settings.ts'
import type { AiCardOptions } from './options.ts'

/** All that the cards of one text share. */
export interface LiveCardDeps {
  readonly engine: Engine
  readonly target: CardTarget
  readonly template: AiTemplate
  readonly options: AiCardOptions
  readonly sender: Sender | undefined
  readonly say: Say
  readonly notice: string
  readonly refusedText: string
  /** Milliseconds around the first frame and the last. */
  readonly air: number
  readonly endTimeout: number
  /** Whether somebody listens for the stop button. */
  readonly isStoppable: boolean
}
