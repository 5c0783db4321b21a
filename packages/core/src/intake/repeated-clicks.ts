import { createHash } from 'node:crypto'
import { forgetOldest } from '@dingware/transport'
import * as lenient from '../updates/lenient/lenient.ts'
import type { Reply, Update } from '../updates/update.ts'

/** Sends an answer. @returns false when it could not leave, because its socket is gone. */
export type Send = (reply: Reply) => unknown

/** How an update can be answered. */
export interface ReplyChannel {
  readonly send: Send
  /** Whether an answer would leave now. */
  readonly isOpen?: (() => boolean) | undefined
}

/** Clicks whose answers have not left. */
export interface RepeatedClicks {
  /**
   * Takes a click. @returns how to answer it; nothing where it is one that came before, which was then answered by the
   * answer of the first, or will be.
   */
  readonly take: (update: Update, channel: ReplyChannel) => Send | undefined
}

interface Unanswered {
  readonly key: string
  readonly at: number
  channel: ReplyChannel
  /** What did not leave. */
  reply?: Reply
}

/** How many are remembered. */
const MAX = 1_000
/** Milliseconds. Unacked pushes are seen to come again after 2 s, 16 s and 60 s; who clicks later means it anew. */
const MEMORY = 90_000

/**
 * Tells a click that is pushed again, because its answer never left, from one that somebody makes again: a click has no id,
 * and each push another messageId. Two that were both answered are two, however alike.
 */
export function createRepeatedClicks(): RepeatedClicks {
  // In order of time, so the oldest come first.
  const unanswered = new Set<Unanswered>()

  const evict = (): void =>
    forgetOldest(unanswered, ({ at }) => unanswered.size > MAX || performance.now() - at > MEMORY)
  const answer = (click: Unanswered, reply: Reply): void => {
    if (click.channel.send(reply) === false) click.reply = reply
    else unanswered.delete(click)
  }
  /** The first one alike whose answer has not left, and cannot on the channel that it has. */
  const stranded = (key: string): Unanswered | undefined =>
    [...unanswered].find(
      click => click.key === key && (click.reply !== undefined || click.channel.isOpen?.() === false),
    )

  return {
    take(update, channel) {
      evict()
      const key = identityOf(update)
      const before = stranded(key)
      if (before) {
        before.channel = channel
        if (before.reply) answer(before, before.reply)
        return undefined
      }
      const click: Unanswered = { key, at: performance.now(), channel }
      unanswered.add(click)
      return reply => answer(click, reply)
    },
  }
}

/** Everything that a click says, so that only the same one is the same. */
function identityOf({ topic, raw }: Update): string {
  const { outTrackId, userId, content, value } = lenient.recordOf(raw) ?? {}
  const said = JSON.stringify([topic, outTrackId, userId, content ?? value])
  return createHash('sha256').update(said).digest('base64')
}
