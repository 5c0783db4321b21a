import type { Shared } from '../store/shared.ts'
import type { Endpoints } from './endpoints.ts'
import type { AutoRetryOptions } from './steps/auto-retry.ts'
import type { ThrottleOptions } from './steps/throttle.ts'

export interface ApiSettings extends Endpoints {
  /** Repeating of failed calls; `false` for none. */
  readonly autoRetry?: AutoRetryOptions | false | undefined
  /** The rate limit; `false` for none. */
  readonly throttle?: ThrottleOptions | false | undefined
  /** What the processes of the bot have in common: its token, its rate limits. */
  readonly shared?: Shared | undefined
  readonly credential: () => { readonly clientId: string; readonly clientSecret: string }
}
