import { createHash } from 'node:crypto'
import * as lenient from '../updates/lenient/lenient.ts'
import type { Reply, Update } from '../updates/update.ts'

/** Sends an answer. @returns false if that failed, because its socket is closed. */
export type Send = (reply: Reply) => unknown

/** Connection on which an update can be answered. */
export interface Line {
  readonly send: Send
  /** True if an answer could be sent now. */
  readonly isOpen?: (() => boolean) | undefined
}

/** Clicks whose answers have not been sent. */
export interface RepeatedClicks {
  /**
   * Takes a click. @returns the function to answer it; `undefined` for a repeated push, which gets the answer to the
   * first one.
   */
  readonly take: (update: Update, line: Line) => Send | undefined
}

interface Unanswered {
  readonly key: string
  readonly at: number
  line: Line
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

  const evict = (): void => {
    for (const click of unanswered) {
      if (unanswered.size <= MAX && performance.now() - click.at <= MEMORY) return
      unanswered.delete(click)
    }
  }
  const answer = (click: Unanswered, reply: Reply): void => {
    if (click.line.send(reply) === false) click.reply = reply
    else unanswered.delete(click)
  }
  /** Finds the first equal click whose answer has not been sent and cannot be, since its connection is closed. */
  const stranded = (key: string): Unanswered | undefined =>
    [...unanswered].find(click => click.key === key && (click.reply !== undefined || click.line.isOpen?.() === false))

  return {
    take(update, line) {
      evict()
      const key = identityOf(update)
      const before = stranded(key)
      if (before) {
        before.line = line
        if (before.reply) answer(before, before.reply)
        return undefined
      }
      const click: Unanswered = { key, at: performance.now(), line }
      unanswered.add(click)
      return reply => answer(click, reply)
    },
  }
}

/** Identity of a click: all of its content. */
function identityOf({ topic, raw }: Update): string {
  const { outTrackId, userId, content, value } = lenient.recordOf(raw) ?? {}
  const said = JSON.stringify([topic, outTrackId, userId, content ?? value])
  return createHash('sha256').update(said).digest('base64')
}
