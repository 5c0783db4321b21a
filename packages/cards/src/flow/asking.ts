import type { Wait } from '@dingware/core/plugin'
import type { Engine } from '../engine/engine.ts'
import type { Variables } from '../template/variables.ts'

/** All that questions need of the bot. */
export interface Asking {
  readonly engine: Engine
  readonly wait: Wait
  /** Questions that are over, with what their cards show, until the store has it. */
  readonly justClosed: Map<string, Variables>
  /** People whom a message has told that they cannot answer. */
  readonly told: Set<string>
}
