import type { Context } from '../../context/context.ts'

/**
 * Description of a wait: which update, how to turn it into a result, and for how long. For plugins, see
 * `PluginHost.wait`.
 */
export interface WaitRequest<T> {
  /** Keys of the updates in question, from `cardKey`, `actionKey`, `senderKeyOf` or `chatKeyOf`. */
  readonly keys: readonly string[]
  /** Tells whether this is the awaited update. If it throws, the error is logged and the update is not taken. */
  readonly accepts: (ctx: Context) => boolean
  /**
   * Turns an accepted update into the result. Return `undefined` to go on waiting while the update counts as taken, as
   * for a click by somebody who may not answer. An error counts as thrown by the handler of that update.
   */
  readonly take: (ctx: Context) => T | undefined | Promise<T | undefined>
  /** Asks the question. Called when the wait has begun, so that no answer comes too early; its error ends the wait. */
  readonly ask?: (() => Promise<unknown>) | undefined
  /**
   * Time limit in milliseconds, counted from the question. Default 10 minutes; `Infinity` means until the bot stops.
   */
  readonly timeout?: number | undefined
  /** True if the handler continues meanwhile, and so keeps its slot and its turn. Default false. */
  readonly beside?: boolean | undefined
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignal | undefined
}
