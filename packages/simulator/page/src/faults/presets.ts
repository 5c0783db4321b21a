import type { FaultRequest } from '../../../src/workbench/fault-panel/protocol.ts'
import type { FaultTexts } from './texts.ts'

/** The faults that are most frequent in the field, each a click. */
export interface Preset {
  readonly id: keyof FaultTexts['presets']
  readonly request: FaultRequest
}

export const presets: readonly Preset[] = [
  { id: 'streamingThrottled', request: { kind: 'api', path: '/v1.0/card/streaming', fault: 'qps', times: 5 } },
  { id: 'rateLimited', request: { kind: 'api', fault: 'rateLimit', times: 3 } },
  { id: 'answerLost', request: { kind: 'api', fault: 'cut', applied: true } },
  { id: 'slow', request: { kind: 'api', delay: 3_000, times: 5 } },
  { id: 'tokenExpired', request: { kind: 'api', fault: 'tokenExpired' } },
  { id: 'webhookExpired', request: { kind: 'api', path: '/robot/sendBySession', fault: 'webhookExpired' } },
  { id: 'pushTwice', request: { kind: 'push', fault: 'duplicate' } },
  { id: 'pushLost', request: { kind: 'push', fault: 'lost' } },
  { id: 'rotate', request: { kind: 'strike', strike: 'disconnect' } },
  { id: 'reset', request: { kind: 'strike', strike: 'reset' } },
  { id: 'gatewayDown', request: { kind: 'gateway', status: 503, times: 3 } },
  { id: 'standardQuota', request: { kind: 'quota', meter: 'api', limit: 5_000 } },
]
