import { createFifo, isRecord } from '@dingware/transport'
import type { Update } from '../../updates/update.ts'

/** Options for recognising updates that the platform delivers again. */
export interface DedupeOptions {
  /** Number of updates to remember in this process. Default 10,000. */
  readonly max?: number | undefined
  /** Time for which a handled update is remembered, in milliseconds. Default 30 minutes. */
  readonly ttlMs?: number | undefined
  /**
   * Shares this memory between the instances of the bot, through its store, so that a message or event that is
   * delivered again to another instance is recognised; costs two writes per update. Default false. An inbox does so in
   * any case.
   */
  readonly shared?: boolean | undefined
}

/** State of a known update: `running` lasts until its handler settles, however long that takes; `done` expires. */
export type Seen = 'running' | 'done'

export interface Dedupe {
  /** State of a key; `undefined` if unknown. */
  readonly seen: (key: string) => Seen | undefined
  /** Number of failed runs. */
  readonly failures: (key: string) => number
  readonly begin: (key: string) => void
  readonly succeed: (key: string) => void
  /** Records that the handler failed: a redelivery is run again. */
  readonly fail: (key: string) => void
  /** Records that it was never begun, as if this delivery had not come. */
  readonly forget: (key: string) => void
}

/** How long what was handled is remembered by default, in milliseconds. */
export const DEDUPE_TTL: number = 30 * 60_000

/** In place of a time, while an update runs. */
const RUNNING = -1

/**
 * Creates the record of handled updates. It has two states: if an update counted as done before its handler has
 * succeeded, a failure would lose the message; and if a running one expired, a long run would be started twice.
 *
 * Thousands of them live long, which garbage collectors dislike: a text and a small number each is the least there is.
 */
export function createDedupe({ max = 10_000, ttlMs = DEDUPE_TTL }: DedupeOptions = {}): Dedupe {
  // Times of settling, in whole milliseconds. Running ones must not be forgotten; concurrency and queue limit them.
  const times = new Map<string, number>()
  /** Failed runs of those that have any. */
  const failed = new Map<string, number>()
  // In the order in which they settled. (The oldest entry of a map takes the longer to find, the more were deleted.)
  const keys = createFifo<string>()
  const settledAt = createFifo<number>()

  /** Places in them of updates that have run again since, or were forgotten. */
  let stale = 0

  const leavePlace = (key: string): void => {
    if ((times.get(key) ?? RUNNING) !== RUNNING) stale++
  }
  const drop = (key: string): void => {
    times.delete(key)
    failed.delete(key)
  }
  const isFull = (): boolean => keys.size - stale > max || keys.size > 2 * max
  const forgetOld = (now: number): void => {
    for (let time = settledAt.first; time !== undefined; time = settledAt.first) {
      if (now - time <= ttlMs && !isFull()) return
      settledAt.shift()
      const key = keys.shift() ?? ''
      if (times.get(key) === time) drop(key)
      else stale--
    }
  }
  const settle = (key: string, failures: number): void => {
    const now = Math.floor(performance.now())
    leavePlace(key)
    times.set(key, now)
    if (failures > 0) failed.set(key, failures)
    else failed.delete(key)
    keys.push(key)
    settledAt.push(now)
    forgetOld(now)
  }
  const failuresOf = (key: string): number => failed.get(key) ?? 0

  return {
    seen(key) {
      const time = times.get(key)
      if (time === undefined) return undefined
      if (time === RUNNING) return 'running'
      return performance.now() - time <= ttlMs && !failed.has(key) ? 'done' : undefined
    },
    failures: failuresOf,
    begin(key) {
      leavePlace(key)
      times.set(key, RUNNING)
    },
    succeed: key => settle(key, 0),
    fail: key => settle(key, failuresOf(key) + 1),
    forget(key) {
      const failures = failuresOf(key)
      // An event that failed before must not get additional runs because it was dropped for overload.
      if (failures > 0) return settle(key, failures)
      leavePlace(key)
      drop(key)
    },
  }
}

/**
 * Key by which an update is recognised when it is delivered again: robotCode and msgId of a message (several bots of a
 * group get the same msgId), eventId of an event, else the id of the delivery. `undefined` if there is none.
 */
export function dedupeKeyOf({ kind, raw, headers, topic, deliveryId }: Update): string | undefined {
  if ((kind === 'chatbot' || kind === 'delegate') && isRecord(raw)) {
    const { msgId, robotCode } = raw
    if (typeof msgId === 'string' && msgId !== '') {
      // Joined, it is one piece. A template would keep its pieces alive for as long as it is remembered.
      return [kind, typeof robotCode === 'string' ? robotCode : '', msgId].join(':')
    }
  }
  if (kind === 'event' && headers.eventId) return `event:${headers.eventId}`
  return deliveryId === undefined ? undefined : `${topic}:${deliveryId}`
}
