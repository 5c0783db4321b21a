import { createHash } from 'node:crypto'
import { forgetOldest } from '@dingware/transport'
import type { ReplyChannel } from '../updates/answer/exchange.ts'
import * as lenient from '../updates/lenient/lenient.ts'
import type { Reply, Update } from '../updates/update.ts'

/** Clicks whose answers have not been sent. */
export interface RepeatedClicks {
  /**
   * Takes a click. @returns the way to answer it; `undefined` for a repeated push, which gets the answer to the first
   * one.
   */
  readonly take: (update: Update, channel: ReplyChannel) => ReplyChannel | undefined
}

interface Unanswered {
  readonly key: string
  readonly at: number
  channel: ReplyChannel
  /** Answer that could not be sent. */
  reply?: Reply
}

/** Maximum number of clicks. */
const MAX = 1_000
/**
 * Time to live in milliseconds. Unacked pushes are seen to come again after 2 s, 16 s and 60 s; a later click is a new
 * one.
 */
const MEMORY = 90_000

/**
 * Tells a repeated push of one click, whose answer was never sent, from a second click: a click has no id, and each
 * push has a new messageId. If both were answered, they are two clicks, however alike.
 */
export function createRepeatedClicks(): RepeatedClicks {
  // Ordered by time, oldest first.
  const unanswered = new Set<Unanswered>()

  const evict = (): void =>
    forgetOldest(unanswered, ({ at }) => unanswered.size > MAX || performance.now() - at > MEMORY)
  const answer = (click: Unanswered, reply: Reply): void => {
    if (click.channel.respond(reply) === false) click.reply = reply
    else unanswered.delete(click)
  }
  /** The first one alike whose answer has not left, and cannot on the channel that it has. */
  const stranded = (key: string): Unanswered | undefined =>
    [...unanswered].find(
      click => click.key === key && (click.reply !== undefined || click.channel.canRespond === false),
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
      return {
        respond: reply => answer(click, reply),
        leave() {
          unanswered.delete(click)
          click.channel.leave?.()
        },
      }
    },
  }
}

/** Identity of a click: all of its content. */
function identityOf({ topic, raw }: Update): string {
  const { outTrackId, userId, content, value } = lenient.recordOf(raw) ?? {}
  const said = JSON.stringify([topic, outTrackId, userId, content ?? value])
  return createHash('sha256').update(said).digest('base64')
}
