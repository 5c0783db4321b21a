import type { Context, Next } from '@dingware/core'
import type { Asking } from './question.ts'

/** Every card of ours has an id that begins so. */
const OURS = 'dingware_'

/** Answers clicks on questions that are over, or that nobody waits for any more: the card shows that. */
export async function answerLate({ engine, ending }: Asking, ctx: Context, next: Next): Promise<void> {
  const outTrackId = ctx.callback?.outTrackId
  if (!outTrackId?.startsWith(OURS)) return next()
  const entry = ending.has(outTrackId) ? undefined : await engine.entryOf(outTrackId)
  const closed = ending.get(outTrackId) ?? entry?.closed
  if (closed) ctx.respond({ card: closed, private: closed })
  else if (entry?.lost) ctx.respond({ private: entry.lost })
  else await next()
}
