import type { Clock } from '../clock/clock.ts'
import type { Switches } from '../switches.ts'
import { createWindow, type Window } from '../throttle/throttle.ts'

const MINUTE = 60_000
/** Milliseconds of nothing after one message too many. */
const PENALTY = 600_000

/** How often bots may write by session webhook into one conversation. */
export interface WebhookRate {
  /** The errcode for one too many, and for all in the ten minutes after it; undefined when it may pass. */
  refuse(conversationId: string, robotCode: string): 130101 | 410100 | undefined
}

export function createWebhookRate(clock: Pick<Clock, 'now'>, switches: Switches): WebhookRate {
  const windows = new Map<string, { readonly window: Window; until: number }>()
  return {
    refuse(conversationId, robotCode) {
      const key = `${conversationId} ${robotCode}`
      const state = windows.get(key) ?? { window: createWindow(clock, MINUTE), until: 0 }
      windows.set(key, state)
      if (clock.now() < state.until) return 410100
      if (state.window.take(switches.webhookPerMinute)) return undefined
      state.until = clock.now() + PENALTY
      return 130101
    },
  }
}
