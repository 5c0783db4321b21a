import { forgetOldest, setBounded } from '@dingware/transport'
import * as v from 'valibot'
import type { Update } from '../../updates/update.ts'

export interface DedupeOptions {
  /** How many updates to remember. Default 10,000. */
  readonly max?: number | undefined
  /** How long to remember one that was handled, in milliseconds. Default 30 minutes. */
  readonly ttlMs?: number | undefined
  /**
   * Whether the instances of the bot remember together, in its store: a message or event that comes again at another
   * instance is then recognised, for the price of two writes each. Default false; an inbox does it in any case.
   */
  readonly shared?: boolean | undefined
}

/** `running` is held until the handler settles, however long; `done` is forgotten after a while. */
export type Seen = 'running' | 'done'

export interface Dedupe {
  /** What is known of a key. */
  readonly seen: (key: string) => Seen | undefined
  /** How often the key was begun and failed. */
  readonly failures: (key: string) => number
  readonly begin: (key: string) => void
  readonly succeed: (key: string) => void
  /** The handler failed: a redelivery runs again. */
  readonly fail: (key: string) => void
  /** Never began: as if this delivery had not come. */
  readonly forget: (key: string) => void
}

interface Settled {
  /** How often it was begun and failed; 0 where it succeeded. */
  readonly failures: number
  readonly at: number
}

/** How long what was handled is remembered by default, in milliseconds. */
export const DEDUPE_TTL: number = 30 * 60_000

/**
 * Creates a memory of what was handled. Two states, not one: marked done before its handler succeeded, a message whose
 * handler fails would be lost; released by time, a long run would be begun twice.
 */
export function createDedupe({ max = 10_000, ttlMs = DEDUPE_TTL }: DedupeOptions = {}): Dedupe {
  // What runs is bounded by the concurrency and the queue, and must not be forgotten; with its failures so far.
  const running = new Map<string, number>()
  // In order of time, so the oldest come first.
  const settled = new Map<string, Settled>()

  const isExpired = ({ at }: Settled): boolean => performance.now() - at > ttlMs
  const settle = (key: string, failures: number): void => {
    running.delete(key)
    setBounded(settled, key, { failures, at: performance.now() }, max)
    forgetOldest(settled, isExpired)
  }
  const failuresOf = (key: string): number => running.get(key) ?? settled.get(key)?.failures ?? 0

  return {
    seen(key) {
      if (running.has(key)) return 'running'
      const entry = settled.get(key)
      return entry?.failures === 0 && !isExpired(entry) ? 'done' : undefined
    },
    failures: failuresOf,
    begin(key) {
      running.set(key, failuresOf(key))
      settled.delete(key)
    },
    succeed: key => settle(key, 0),
    fail: key => settle(key, failuresOf(key) + 1),
    forget(key) {
      const failures = failuresOf(key)
      // An event that failed before must not get more runs for having come when too much was waiting.
      if (failures > 0) settle(key, failures)
      else running.delete(key)
    },
  }
}

const Ids = v.object({
  robotCode: v.fallback(v.optional(v.string()), undefined),
  msgId: v.fallback(v.optional(v.string()), undefined),
})

/**
 * The key by which an update is recognised when it comes again: robotCode and msgId of a message (a message to several
 * bots of a group has one msgId), eventId of an event, else the id of the delivery. `undefined` where there is none.
 */
export function dedupeKeyOf({ kind, raw, headers, topic, deliveryId }: Update): string | undefined {
  if (kind === 'chatbot' || kind === 'delegate') {
    const ids = v.safeParse(Ids, raw)
    if (ids.success && ids.output.msgId) return `${kind}:${ids.output.robotCode ?? ''}:${ids.output.msgId}`
  }
  if (kind === 'event' && headers.eventId) return `event:${headers.eventId}`
  return deliveryId === undefined ? undefined : `${topic}:${deliveryId}`
}
