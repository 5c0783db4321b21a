import type { ClientOptions as WsOptions } from 'ws'
import { GatewayError } from '../errors/errors.ts'
import type { StreamFrame } from '../frame/stream-frame.ts'
import type { Subscription } from '../gateway/gateway.ts'
import type { HttpClient } from '../http/http.ts'
import type { HeartbeatOptions } from '../link/heartbeat.ts'
import { createLogger, type Logger } from '../log/logger.ts'
import type { Network, NetworkOptions, TlsOptions } from '../network/network.ts'
import { checkOptions } from '../options/check-options.ts'
import { type Rules, rule } from '../options/rules.ts'
import { version } from '../version.ts'
import type { BackoffOptions } from './backoff.ts'
import type { WakeOptions } from './wake.ts'

export interface StreamClientOptions extends NetworkOptions {
  /** Client ID (formerly AppKey). Default: `DINGTALK_CLIENT_ID`. */
  readonly clientId?: string | undefined
  /** Client Secret (formerly AppSecret). Default: `DINGTALK_CLIENT_SECRET`. */
  readonly clientSecret?: string | undefined
  /** Base address of the OpenAPI. Default: `DINGTALK_OPENAPI_ENDPOINT`, else `https://api.dingtalk.com`. */
  readonly endpoint?: string | undefined
  /** What to listen to. A function is asked at each connect. */
  readonly subscriptions: readonly Subscription[] | (() => readonly Subscription[])
  /**
   * Called at once for each EVENT and CALLBACK frame, and not awaited: answer with `frame.respond()`, now or later.
   * {@link answering} makes one from an async function, with a bound on what runs and waits.
   */
  readonly onFrame: (frame: StreamFrame) => void
  /** How many connections to hold. Default 1. Pushes go to one of them, chosen by the platform. */
  readonly connections?: number | undefined
  /** Replace each connection after so many milliseconds, without a gap. Default: only when the platform asks for it. */
  readonly rotateAfter?: number | undefined
  readonly heartbeat?: HeartbeatOptions | undefined
  readonly reconnect?: BackoffOptions | undefined
  readonly wake?: WakeOptions | undefined
  /** Limit of the gateway call, in milliseconds. Default 10,000. */
  readonly gatewayTimeout?: number | undefined
  /** Limit of the WebSocket handshake, in milliseconds. Default 10,000. */
  readonly handshakeTimeout?: number | undefined
  /** How long a replaced connection may stay for the answers it still owes, in milliseconds. Default 10,000. */
  readonly drainTimeout?: number | undefined
  /** Largest frame to accept, in bytes. Default 1 MiB. */
  readonly maxPayload?: number | undefined
  /** Passed to `ws` as it is. */
  readonly ws?: WsOptions | undefined
  /** What the gateway learns about this client: `name/version` in ASCII. Default `dingware/<version>`. */
  readonly ua?: string | undefined
  /** Address shown in DingTalk's console. Default: the first that is not loopback. */
  readonly localIp?: string | undefined
  readonly logger?: Logger | undefined
  /** Pools and client to share; by default the stream client makes its own and closes them on `stop()`. */
  readonly network?: Network | undefined
  readonly http?: HttpClient | undefined
}

/** What a bot lets its users choose of it. */
export type SharedOptions = Omit<
  StreamClientOptions,
  | 'subscriptions'
  | 'onFrame'
  | 'wake'
  | 'gatewayTimeout'
  | 'handshakeTimeout'
  | 'drainTimeout'
  | 'connectTimeout'
  | 'lookup'
  | 'network'
  | 'http'
>

/** Options with their defaults in place. */
export interface Settings {
  readonly endpoint: string
  readonly connections: number
  readonly rotateAfter: number | undefined
  readonly gatewayTimeout: number
  readonly handshakeTimeout: number
  readonly drainTimeout: number
  readonly stableAfter: number
  readonly cap: number
  readonly ua: string
  readonly logger: Logger
  readonly ws: WsOptions
}

export const DEFAULT_ENDPOINT = 'https://api.dingtalk.com'

/** Of the options that a bot passes on. */
export const SHARED_RULES: Rules<SharedOptions> = {
  clientId: rule.text,
  clientSecret: rule.text,
  endpoint: rule.text,
  connections: rule.count(1),
  rotateAfter: rule.timer(1),
  heartbeat: rule.group<HeartbeatOptions>({ interval: rule.timer(1), misses: rule.limit(1) }),
  reconnect: rule.group<BackoffOptions>({
    base: rule.span,
    cap: rule.timer(1),
    stableAfter: rule.span,
    jitter: rule.span,
    random: rule.callback,
  }),
  proxy: rule.orFalse(rule.text),
  tls: rule.group<TlsOptions>({ ca: rule.any, rejectUnauthorized: rule.flag }),
  ws: rule.object,
  maxPayload: rule.limit(0),
  ua: rule.text,
  localIp: rule.text,
  logger: rule.methods('debug', 'info', 'warn', 'error'),
}

/** @throws TypeError, RangeError for options that cannot be. */
export function settingsOf(options: StreamClientOptions): Settings {
  const { connections = 1, reconnect = {} } = options
  checkOptions<StreamClientOptions>('createStreamClient', options, {
    ...SHARED_RULES,
    subscriptions: rule.any,
    onFrame: rule.neededCallback,
    wake: rule.group<WakeOptions>({ interval: rule.timer(1), jump: rule.span }),
    gatewayTimeout: rule.timer(1),
    handshakeTimeout: rule.timer(1),
    drainTimeout: rule.timer(1),
    connectTimeout: rule.timer(1),
    lookup: rule.callback,
    network: rule.any,
    http: rule.any,
  })
  const { ua = `dingware/${version}` } = options
  // It is also the User-Agent, and no request with such a header leaves this machine: there would be no end of tries.
  if (/[^\x20-\x7e]/.test(ua)) throw new RangeError(`\`ua\` is ${ua}, but it is ASCII of the form name/version.`)
  return {
    endpoint: options.endpoint ?? (process.env.DINGTALK_OPENAPI_ENDPOINT || DEFAULT_ENDPOINT),
    connections,
    rotateAfter: options.rotateAfter,
    gatewayTimeout: options.gatewayTimeout ?? 10_000,
    handshakeTimeout: options.handshakeTimeout ?? 10_000,
    drainTimeout: options.drainTimeout ?? 10_000,
    stableAfter: reconnect.stableAfter ?? 60_000,
    cap: reconnect.cap ?? 30_000,
    ua,
    logger: options.logger ?? createLogger('transport'),
    ws: {
      maxPayload: options.maxPayload ?? 1024 * 1024,
      // Frames are small and often; compressing costs memory for each socket.
      perMessageDeflate: false,
      ...options.ws,
    },
  }
}

export interface Credential {
  readonly clientId: string
  readonly clientSecret: string
}

/** @throws GatewayError that says which variable to set. */
export function credentialOf(options: Pick<StreamClientOptions, 'clientId' | 'clientSecret'>): Credential {
  // A newline at the end of a secret from a file is the commonest cause of authFailed.
  const clientId = (options.clientId ?? process.env.DINGTALK_CLIENT_ID ?? '').trim()
  const clientSecret = (options.clientSecret ?? process.env.DINGTALK_CLIENT_SECRET ?? '').trim()
  const missing = [
    ...(clientId === '' ? ['clientId (or the environment variable DINGTALK_CLIENT_ID)'] : []),
    ...(clientSecret === '' ? ['clientSecret (or the environment variable DINGTALK_CLIENT_SECRET)'] : []),
  ]
  if (missing.length === 0) return { clientId, clientSecret }
  const message = `The bot cannot connect without its credential: set ${missing.join(' and ')}. Both stand in the developer console under 凭证与基础信息.`
  throw new GatewayError(message, { code: 'ERR_MISSING_CREDENTIAL', fatal: true })
}
