import { credentialOf, type StreamClientOptions, type WorkQueueOptions } from '@dingware/transport'
import { endpointsOf } from '../api/endpoints.ts'
import type { ApiSettings } from '../api/settings.ts'
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

/** Everything is optional: the credential comes from the environment when the bot starts. */
export interface BotOptions extends TransportOptions, WorkQueueOptions {
  /**
   * Base address of the old API. Default: `DINGTALK_OAPI_ENDPOINT`, else `https://oapi.dingtalk.com`. There is no default
   * beside an `endpoint` that is not DingTalk's, so that its token stays there: `start()` then says that this one is missing.
   */
  readonly oapiEndpoint?: string | undefined
  /** The robot to act as. Default: the clientId, which is the robotCode of an internal app. */
  readonly robotCode?: string | undefined
  /**
   * Hosts that are yours, besides those of the endpoints: `ding.corp.example`, with a port where it is not the usual one.
   * Session webhooks on them are called, and files may be fetched from them although their address is not public.
   */
  readonly trustedHosts?: readonly string[] | undefined
  /** Stream topics to subscribe besides those of the mounted queries: for `lazy`, and for plain `use`. */
  readonly topics?: readonly string[] | undefined
  /**
   * What commands begin with. Default `['/']`; `['/', '、']` is for keyboards on which both are one key. A sign and its
   * full-width form (`／`, `！`) are the same.
   */
  readonly commandPrefix?: readonly string[] | undefined
  /**
   * To which conversation an update belongs: what `session()`, `sequentialize()`, the inbox and `ctx.waitFor` go by, unless
   * they are told otherwise. Default `senderKeyOf`: each person has a conversation in each chat. `chatKeyOf`: all of a
   * group have one. Nothing or `''`: to none.
   *
   * @example
   * createBot({ conversationKey: chatKeyOf }).use(sequentialize()).use(session({ initial: () => ({ n: 0 }) }))
   */
  readonly conversationKey?: ((ctx: Context) => string | undefined) | undefined
  /** When to answer messages and events. */
  readonly ack?: AckOptions | undefined
  /** How long to recognise updates that come again. */
  readonly dedupe?: DedupeOptions | undefined
  /** Told about an update that is not handled because too much is waiting. Events come again, messages do not. */
  readonly onOverload?: ((update: Update) => void) | undefined
  /**
   * Warns of a handler that has run for so many milliseconds, once. The time that it waits for its turn in
   * `sequentialize()` or for a person does not count. Default 60,000; `false` turns it off.
   */
  readonly slowAfter?: number | false | undefined
  /** Repeats failed calls of the platform where that is safe. `false` takes it out. */
  readonly autoRetry?: AutoRetryOptions | false | undefined
  /** Keeps calls inside the platform's limits. `false` takes it out. */
  readonly throttle?: ThrottleOptions | false | undefined
  /** Where plugins keep state. Default: in memory. */
  readonly store?: Store | undefined
}

/** @throws TypeError for an endpoint that is no address. */
export function apiSettingsOf(options: BotOptions): ApiSettings {
  return {
    ...endpointsOf(options),
    autoRetry: options.autoRetry,
    throttle: options.throttle,
    // Asked for when needed: a bot under test has no credential and misses none.
    credential: () => credentialOf(options),
  }
}

/** The clientId, if there is one: for what can do without. */
export function clientIdOf({ clientId }: Pick<BotOptions, 'clientId'>): string | undefined {
  return clientId ?? process.env.DINGTALK_CLIENT_ID
}
