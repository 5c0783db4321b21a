import type { Shared } from '../store/shared.ts'
import type { Endpoints } from './endpoints.ts'
import type { AutoRetryOptions } from './steps/auto-retry.ts'
import type { ThrottleOptions } from './steps/throttle.ts'

export interface ApiSettings extends Endpoints {
  /** Options of the retry step; `false` removes it. */
  readonly autoRetry?: AutoRetryOptions | false | undefined
  /** Options of the rate limit; `false` removes it. */
  readonly throttle?: ThrottleOptions | false | undefined
  /** Store for the token and rate limits that the bot's processes share. */
  readonly shared?: Shared | undefined
  readonly credential: () => { readonly clientId: string; readonly clientSecret: string }
}
