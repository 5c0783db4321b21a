import { DingTalkError, thrownFrames, thrownText } from '@dingware/transport'
import type { Context } from './context.ts'

/**
 * A handler threw. `cause` is what it threw, `ctx` what it was handling; neither prints. `stack` says where the handler
 * threw it.
 */
export class BotError<C extends Context = Context> extends DingTalkError {
  /** What a handler threw, as a BotError; one that is one already stays as it is. Never throws. */
  static of<C extends Context>(error: unknown, ctx: C): BotError<C> {
    return isBotError<C>(error) ? error : new BotError(error, ctx)
  }

  declare readonly ctx: C

  constructor(cause: unknown, ctx: C) {
    const { kind, deliveryId } = ctx.update
    const where = `${kind === 'event' ? 'an' : 'a'} ${kind} update (${deliveryId ?? 'no delivery id'})`
    super(`A handler threw while handling ${where}. ${thrownText(cause)}`, { code: 'ERR_HANDLER', cause })
    Object.defineProperty(this, 'ctx', { value: ctx })
    const frames = thrownFrames(cause)
    // Its own frames are those of the bot, where nothing went wrong.
    if (!frames) return
    const stack = `${this.name}: ${this.message}\n${frames}`
    Object.defineProperty(this, 'stack', { value: stack, writable: true, configurable: true })
  }
}

function isBotError<C extends Context>(error: unknown): error is BotError<C> {
  try {
    return error instanceof BotError
  } catch {
    // A proxy may refuse even this.
    return false
  }
}
