import { ApiError } from '@dingware/transport'
import type { ApiMiddleware } from '../api-call.ts'
import { classify } from './classify.ts'

/** What counts against the organisation's monthly number of API calls, as seen by this process. */
export interface ApiUsage {
  /** For example `2026-11`, in China Standard Time. */
  readonly month: string
  readonly calls: number
}

export interface UsageCounter {
  readonly middleware: ApiMiddleware
  readonly usage: () => ApiUsage
}

const CHINA_OFFSET = 8 * 3_600_000

/**
 * Creates the counter. Tokens, contacts and calls that throttling refused are not counted by the platform
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
