import * as v from 'valibot'
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

interface Settled {
  /** Number of failed runs; 0 after a success. */
  readonly failures: number
  readonly at: number
}

/**
 * Creates the record of handled updates. It has two states: if an update counted as done before its handler has
 * succeeded, a failure would lose the message; and if a running one expired, a long run would be started twice.
 */
export function createDedupe({ max = 10_000, ttlMs = 30 * 60_000 }: DedupeOptions = {}): Dedupe {
  // Running updates with their failures so far. They must not be dropped; concurrency and queue limit their number.
  const running = new Map<string, number>()
  // Ordered by time, oldest first.
  const settled = new Map<string, Settled>()

  const isExpired = ({ at }: Settled): boolean => performance.now() - at > ttlMs
  const evict = (): void => {
    for (const [key, entry] of settled) {
      if (settled.size <= max && !isExpired(entry)) return
      settled.delete(key)
    }
  }
  const settle = (key: string, failures: number): void => {
    running.delete(key)
    settled.delete(key)
    settled.set(key, { failures, at: performance.now() })
    evict()
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
      // An event that failed before must not get additional runs because it was dropped for overload.
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
 * Key by which an update is recognised when it is delivered again: robotCode and msgId of a message (several bots of a
 * group get the same msgId), eventId of an event, else the id of the delivery. `undefined` if there is none.
 */
export function dedupeKeyOf({ kind, raw, headers, topic, deliveryId }: Update): string | undefined {
  if (kind === 'chatbot' || kind === 'delegate') {
    const ids = v.safeParse(Ids, raw)
    if (ids.success && ids.output.msgId) return `${kind}:${ids.output.robotCode ?? ''}:${ids.output.msgId}`
  }
  if (kind === 'event' && headers.eventId) return `event:${headers.eventId}`
  return deliveryId === undefined ? undefined : `${topic}:${deliveryId}`
}
