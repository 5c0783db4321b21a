import type { AckPolicy } from '../updates/answer/ack-policy.ts'
import type { ReplyChannel } from '../updates/answer/exchange.ts'
import { isRecord } from '../updates/lenient/lenient.ts'
import type { Reply, Update } from '../updates/update.ts'
import { type Dedupe, dedupeKeyOf } from './dedupe/dedupe.ts'
import { createRepeatedClicks } from './repeated-clicks.ts'

/** An update that did not come before. */
export interface Fresh {
  /** By which it is recognised when it comes again. */
  readonly key: string | undefined
  /** Way of its answer. */
  readonly channel: ReplyChannel
}

/** Tells updates that come again from those that are new. */
export interface Recognition {
  readonly counts: { readonly received: number; readonly duplicates: number; readonly later: number }
  /** @returns nothing for one that came before: it has been answered, or will be with the first. */
  readonly take: (update: Update, policy: AckPolicy, channel: ReplyChannel) => Fresh | undefined
  /** Counts one that was found to be a duplicate elsewhere. */
  readonly countDuplicate: () => void
}

export function createRecognition(dedupe: Dedupe): Recognition {
  const clicks = createRepeatedClicks()
  const counts = { received: 0, duplicates: 0, later: 0 }
  const countLater = (channel: ReplyChannel): ReplyChannel => ({
    respond(reply) {
      if (isLater(reply)) counts.later++
      return channel.respond(reply)
    },
    leave: () => channel.leave?.(),
  })
  return {
    counts,
    take(update, policy, given) {
      counts.received++
      const channel = update.kind === 'event' ? countLater(given) : given
      const key = dedupeKeyOf(update)
      const seen = key === undefined ? undefined : dedupe.seen(key)
      if (seen) {
        counts.duplicates++
        channel.respond(policy[seen])
        return undefined
      }
      const own = update.kind === 'card' ? clicks.take(update, channel) : channel
      if (!own) {
        counts.duplicates++
        if (key !== undefined) dedupe.succeed(key)
        return undefined
      }
      if (key !== undefined) dedupe.begin(key)
      return { key, channel: own }
    },
    countDuplicate: () => void counts.duplicates++,
  }
}

function isLater({ data }: Reply): boolean {
  return isRecord(data) && data.status === 'LATER'
}
