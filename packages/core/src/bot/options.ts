import { credentialOf, type StreamClientOptions, type WorkQueueOptions } from '@dingware/transport'
import type { ApiSettings } from '../api/caller.ts'
import { endpointsOf } from '../api/endpoints.ts'
import type { AutoRetryOptions } from '../api/steps/auto-retry.ts'
import type { ThrottleOptions } from '../api/steps/throttle.ts'
import type { Context } from '../context/context.ts'
import type { DedupeOptions } from '../intake/dedupe/dedupe.ts'
import type { Store } from '../store/store.ts'
import type { AckOptions } from '../updates/answer/ack-policy.ts'
import type { Update } from '../updates/update.ts'

type TransportOptions = Pick<
  StreamClientOptions,
  | 'clientId'
  | 'clientSecret'
  | 'endpoint'
  | 'connections'
  | 'rotateAfter'
  | 'heartbeat'
  | 'reconnect'
  | 'proxy'
  | 'tls'
  | 'ws'
  | 'maxPayload'
  | 'ua'
  | 'localIp'
  | 'logger'
>

/** Options of `createBot`; all are optional, since credentials may come from the environment. */
export interface BotOptions extends TransportOptions, WorkQueueOptions {
  /**
   * Base address of the old API. Default: `DINGTALK_OAPI_ENDPOINT`, else `https://oapi.dingtalk.com`. There is no
   * default if `endpoint` is a private one, so that its token is not sent to DingTalk: `start()` then throws.
   */
  readonly oapiEndpoint?: string | undefined
  /** Robot code to act as. Default: the clientId, which is the robotCode of an internal app. */
  readonly robotCode?: string | undefined
  /**
   * Additional trusted hosts, such as `ding.corp.example`, with a port if it is not the default. Session webhooks on
   * them are called, and files may be downloaded from them although they are not on the public internet. Endpoints are
   * always trusted.
   */
  readonly trustedHosts?: readonly string[] | undefined
  /** Stream topics to subscribe in addition to those of filter queries: for handlers in `lazy` or plain `use`. */
  readonly topics?: readonly string[] | undefined
  /**
   * Prefixes of commands. Default `['/']`; `['/', '、']` suits keyboards where both are on one key. A character and its
   * full-width form (`／`, `！`) are equivalent.
   */
  readonly commandPrefix?: readonly string[] | undefined
  /**
   * Maps an update to the key of its conversation. Used by `session()`, `sequentialize()`, the inbox and `ctx.waitFor`
   * unless they have a key of their own. Default `senderKeyOf`: one conversation per person and chat; `chatKeyOf`: one
   * per chat. `undefined` or `''` means no conversation.
   *
   * @example
   * createBot({ conversationKey: chatKeyOf }).use(sequentialize()).use(session({ initial: () => ({ n: 0 }) }))
   */
  readonly conversationKey?: ((ctx: Context) => string | undefined) | undefined
  /** Time of the answers to messages and events. Default: messages early, events late. */
  readonly ack?: AckOptions | undefined
  /** Recognition of updates that are delivered again; number and time of those to remember. */
  readonly dedupe?: DedupeOptions | undefined
  /** Called when an update is dropped because too many are waiting. Events are pushed again, messages are not. */
  readonly onOverload?: ((update: Update) => void) | undefined
  /**
   * Milliseconds after which a running handler is reported by a warning, once. Time in which it waits for its turn in
   * `sequentialize()`, or for a person, does not count. Default 60,000; `false` turns it off.
   */
  readonly slowAfter?: number | false | undefined
  /** Options for retries of failed API calls; `false` turns them off. See `autoRetry`. */
  readonly autoRetry?: AutoRetryOptions | false | undefined
  /** Rate limits of API calls; `false` turns them off. See `throttle`. */
  readonly throttle?: ThrottleOptions | false | undefined
  /**
   * Store for sessions, cards and other state. Default: in memory, which is lost when the process ends. With a store
   * that they share, the processes of a bot share token and rate limits, too.
   */
  readonly store?: Store | undefined
}

/** @throws TypeError for an invalid endpoint. */
export function apiSettingsOf(options: BotOptions): ApiSettings {
  return {
    ...endpointsOf(options),
    autoRetry: options.autoRetry,
    throttle: options.throttle,
    // Read when needed: a bot under test has no credentials.
    credential: () => credentialOf(options),
  }
}

/** clientId, if there is one, for features that can do without. */
export function clientIdOf({ clientId }: Pick<BotOptions, 'clientId'>): string | undefined {
  return clientId ?? process.env.DINGTALK_CLIENT_ID
}
