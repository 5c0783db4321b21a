import { DingTalkError } from '@dingware/transport'
import { thrownFrames, thrownText } from '../utils/thrown-text.ts'
import type { Context } from './context.ts'

/**
 * Error of a handler, as `bot.catch` gets it: `cause` is the thrown value, `ctx` the context that was being handled
 * (neither is printed), and `stack` shows where it was thrown. Code `ERR_HANDLER`.
 *
 * @example
 * bot.catch(async error => {
 *   error.ctx.log.error(error.message)
 *   await error.ctx.replyText('出错了，请稍后再试')
 * })
 */
export class BotError<C extends Context = Context> extends DingTalkError {
  /** Wraps a thrown value, unless it is a BotError already. Never throws. */
  static of<C extends Context>(error: unknown, ctx: C): BotError<C> {
    return isBotError<C>(error) ? error : new BotError(error, ctx)
  }

  /** Context of the update that was being handled. */
  declare readonly ctx: C

  constructor(cause: unknown, ctx: C) {
    const { kind, deliveryId } = ctx.update
    const where = `${kind === 'event' ? 'an' : 'a'} ${kind} update (${deliveryId ?? 'no delivery id'})`
    super(`A handler threw while handling ${where}. ${thrownText(cause)}`, { code: 'ERR_HANDLER', cause })
    Object.defineProperty(this, 'ctx', { value: ctx })
    const frames = thrownFrames(cause)
    // The error's own frames are those of the bot, which are of no use.
    if (!frames) return
    const stack = `${this.name}: ${this.message}\n${frames}`
    Object.defineProperty(this, 'stack', { value: stack, writable: true, configurable: true })
  }
}

function isBotError<C extends Context>(error: unknown): error is BotError<C> {
  try {
    return error instanceof BotError
  } catch {
    // Even `instanceof` may throw, for a proxy.
    return false
  }
}
