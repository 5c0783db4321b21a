import type { Context } from '../../context/context.ts'

/** What somebody waits for. */
export interface WaitRequest<T> {
  /** Under which keys the update is found: `cardKey`, `actionKey`, `senderKeyOf`, `chatKeyOf`. */
  readonly keys: readonly string[]
  /** Whether it is this update. What it throws is logged, and the update is not taken. */
  readonly accepts: (ctx: Context) => boolean
  /**
   * Makes the answer of an update that was accepted. `undefined`: the wait goes on, and the update is taken all the same,
   * as the click of somebody who may not answer. What it throws, the handling of that update has thrown.
   */
  readonly take: (ctx: Context) => T | undefined | Promise<T | undefined>
  /** Asks the question. Runs when the wait is open, so that no answer is too early; what it throws ends the wait. */
  readonly ask?: (() => Promise<unknown>) | undefined
  /** Milliseconds from the question on. Default 10 minutes; `Infinity`: until the bot stops. */
  readonly timeout?: number | undefined
  /** Whether the handler goes on meanwhile, and so keeps its slot and its turn. Default false. */
  readonly beside?: boolean | undefined
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignal | undefined
}

/** Waits for an update, as the handler of a context. */
export type Wait = <T>(ctx: Context, request: WaitRequest<T>) => Promise<T>
