import { DingTalkError, redact } from '@dingware/transport'
import type { Context } from '../context/context.ts'

/** A handler threw. `cause` is what it threw, `ctx` what it was handling; neither prints. */
export class BotError<C extends Context = Context> extends DingTalkError {
  declare readonly ctx: C

  constructor(cause: unknown, ctx: C) {
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    const { kind, deliveryId } = ctx.update
    super(`A handler threw while handling a ${kind} update (${deliveryId ?? 'no delivery id'}). ${redact(what)}`, {
      code: 'ERR_HANDLER',
      cause,
    })
    Object.defineProperty(this, 'ctx', { value: ctx })
  }
}
