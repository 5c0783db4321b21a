import { ApiError } from '@dingware/transport'
import type { ApiMiddleware } from '../api-call.ts'
import { classify } from './classify.ts'

/**
 * Number of API calls in the current month that count against the organisation's quota, as far as this process made
 * them.
 */
export interface ApiUsage {
  /** Month in China Standard Time, such as `2026-11`. */
  readonly month: string
  /** Number of calls since the start of the month, or of the process. */
  readonly calls: number
}

export interface UsageCounter {
  readonly middleware: ApiMiddleware
  readonly usage: () => ApiUsage
}

const CHINA_OFFSET = 8 * 3_600_000

/**
 * Creates the usage counter. Tokens, contacts and throttled calls do not count on the platform
 * (dingtalk-application-development-platform-billing-model); session webhooks have a quota of their own.
 */
export function createUsageCounter(): UsageCounter {
  let month = currentMonth()
  let calls = 0
  const count = (step: number): void => {
    const now = currentMonth()
    if (now !== month) calls = 0
    month = now
    calls += step
  }
  return {
    async middleware(call, next) {
      if (call.base === 'webhook' || call.path.startsWith('/v1.0/contact/')) return next()
      count(1)
      try {
        return await next()
      } catch (error) {
        if (error instanceof ApiError && classify(error, call) === 'throttled') count(-1)
        throw error
      }
    },
    usage() {
      count(0)
      return { month, calls }
    },
  }
}

function currentMonth(): string {
  return new Date(Date.now() + CHINA_OFFSET).toISOString().slice(0, 7)
}
