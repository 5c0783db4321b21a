import type { Bot } from '@dingware/core'
import type { HttpCall, Simulator } from '@dingware/simulator'

/** What a snippet exports: what it made, and functions of its own. */
export interface Exports {
  readonly bot?: Bot
  readonly [name: string]: unknown
}

/** Where a snippet is run: beside a simulator that the environment points to. */
export interface Stage {
  readonly sim: Simulator
  /** Imports the snippet, which for some of them means to start. */
  load(): Promise<Exports>
  /** Imports the snippet and starts its bot, unless it did so itself. */
  start(): Promise<Exports & { readonly bot: Bot }>
}

export type Scenario = (stage: Stage) => Promise<void>

/** The scenarios of the blocks that have the same rows, in their order on the page. */
export type Scenarios = Readonly<Record<string, readonly Scenario[]>>

/** The calls of a path. */
export function callsOf({ calls }: Simulator, path: string): HttpCall[] {
  return calls.filter(call => call.path === path)
}
