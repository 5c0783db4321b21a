import type { Context, Next } from '@dingware/core'
import type { Asking } from './asking.ts'
import { forAll, tell } from './notice.ts'

/** Every card of ours has an id that begins so. */
const OURS = 'dingware_'

/** Answers clicks on questions that are over, or that nobody waits for any more: the card shows that. */
export async function answerLate(asking: Asking, ctx: Context, next: Next): Promise<void> {
  const { engine, justClosed } = asking
  const outTrackId = ctx.update.card?.sentAs ?? ctx.callback?.outTrackId
  if (!outTrackId?.startsWith(OURS)) return next()
  const entry = justClosed.has(outTrackId) ? undefined : await engine.entryOf(outTrackId)
  const closed = justClosed.get(outTrackId) ?? entry?.closed
  const { lost, lostText = '', private: privates = [] } = entry ?? {}
  if (closed) ctx.respond(forAll(closed, privates))
  else if (lost && ctx.has('card')) tell(asking, ctx, { text: lostText, shown: lost }, privates)
  else await next()
}
