import type { Clock } from '../../clock/clock.ts'
import { type ApiAnswer, oapi } from '../../http/answers.ts'
import { createWindow, type Window } from '../../limits/throttle.ts'
import type { Switches } from '../../options/switches.ts'
import { setBounded } from '../../utils/bounded.ts'

const MINUTE = 60_000
const CONVERSATIONS_KEPT = 10_000
/** Milliseconds of nothing after one message too many. */
const PENALTY = 600_000

/** The rate limit of session webhooks, by conversation. */
export interface WebhookRate {
  /** The no to one too many, and to all in the ten minutes after it; undefined when it may pass. */
  refuse(conversationId: string, robotCode: string): ApiAnswer | undefined
  /** The usage of the last minute by conversation, of those in which there was any. */
  usage(): readonly WebhookUsage[]
}

export interface WebhookUsage {
  readonly conversationId: string
  /** Messages within the last minute. */
  readonly used: number
  /** Until when everything is refused, in milliseconds since the epoch; 0 when nothing is. */
  readonly refusedUntil: number
}

export function createWebhookRate(clock: Pick<Clock, 'now'>, switches: Switches): WebhookRate {
  const windows = new Map<string, { readonly conversationId: string; readonly window: Window; until: number }>()
  return {
    refuse(conversationId, robotCode) {
      const key = `${conversationId} ${robotCode}`
      const state = windows.get(key) ?? { conversationId, window: createWindow(clock, MINUTE), until: 0 }
      setBounded(windows, key, state, CONVERSATIONS_KEPT)
      if (clock.now() < state.until) return oapi(410100, '发送速度太快而限流')
      if (state.window.take(switches.webhookPerMinute)) return undefined
      state.until = clock.now() + PENALTY
      return switches.webhookThrottle === '660026'
        ? oapi(660026, 'sending too many messages per minute')
        : oapi(130101, 'send too fast, exceed 20 times per minute')
    },
    usage() {
      const now = clock.now()
      return [...windows.values()]
        .map(({ conversationId, window, until }) => ({
          conversationId,
          used: window.count(),
          refusedUntil: until > now ? until : 0,
        }))
        .filter(({ used, refusedUntil }) => used > 0 || refusedUntil > 0)
    },
  }
}
