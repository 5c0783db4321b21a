import type { AckPolicy } from '../updates/answer/ack-policy.ts'
import { isRecord } from '../updates/lenient/lenient.ts'
import type { Reply, Update } from '../updates/update.ts'
import { type Dedupe, dedupeKeyOf } from './dedupe/dedupe.ts'
import { createRepeatedClicks, type ReplyChannel, type Send } from './repeated-clicks.ts'

/** An update that did not come before. */
export interface Fresh {
  /** By which it is recognised when it comes again. */
  readonly key: string | undefined
  /** Sends its answer. */
  readonly send: Send
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
  return {
    counts,
    take(update, policy, channel) {
      counts.received++
      const sendCounted = (reply: Reply): unknown => {
        if (isLater(reply)) counts.later++
        return channel.send(reply)
      }
      const key = dedupeKeyOf(update)
      const seen = key && dedupe.seen(key)
      if (seen) {
        counts.duplicates++
        sendCounted(policy[seen])
        return undefined
      }
      const send = update.kind === 'card' ? clicks.take(update, { ...channel, send: sendCounted }) : sendCounted
      if (!send) {
        counts.duplicates++
        if (key) dedupe.succeed(key)
        return undefined
      }
      if (key) dedupe.begin(key)
      return { key, send }
    },
    countDuplicate: () => void counts.duplicates++,
  }
}

function isLater({ data }: Reply): boolean {
  return isRecord(data) && data.status === 'LATER'
}
