import { GatewayError } from '../errors/errors.ts'
import type { StreamFrame } from '../frame/stream-frame.ts'
import type { Subscription } from '../gateway/gateway.ts'
import type { HttpClient } from '../http/http.ts'
import type { HeartbeatOptions } from '../link/heartbeat.ts'
import type { SocketOptions } from '../link/socket-options.ts'
import { createLogger, type Logger } from '../log/logger.ts'
import type { Network, NetworkOptions, TlsOptions } from '../network/network.ts'
import { checkOptions } from '../options/check-options.ts'
import { type Rules, rule } from '../options/rules.ts'
import { version } from '../version.ts'
import type { BackoffOptions } from './backoff.ts'
import type { WakeOptions } from './wake.ts'

/** Options of {@link createStreamClient}. Only `subscriptions` and `onFrame` have no default. */
export interface StreamClientOptions extends NetworkOptions {
  /** Client ID (formerly AppKey). Default: `DINGTALK_CLIENT_ID`. */
  readonly clientId?: string | undefined
  /** Client Secret (formerly AppSecret). Default: `DINGTALK_CLIENT_SECRET`. */
  readonly clientSecret?: string | undefined
  /** Base address of the OpenAPI. Default: `DINGTALK_OPENAPI_ENDPOINT`, else `https://api.dingtalk.com`. */
  readonly endpoint?: string | undefined
  /** Kinds of frames to receive. A function is asked at each connect, and for each frame. */
  readonly subscriptions: readonly Subscription[] | (() => readonly Subscription[])
  /**
   * Called at once for each EVENT and CALLBACK frame, and not awaited: answer with `frame.respond()`, now or later.
   * {@link answering} makes one from an async function, with a bound on what runs and waits.
   */
  readonly onFrame: (frame: StreamFrame) => void
  /** Number of connections to hold. Default 1. Pushes go to one of them, chosen by the platform. */
  readonly connections?: number | undefined
  /** Replace each connection after so many milliseconds, without a gap. Default: only when the platform asks for it. */
  readonly rotateAfter?: number | undefined
  /** Pings that find out whether the platform is still there. Default: every 25 s, dead after two unanswered. */
  readonly heartbeat?: HeartbeatOptions | undefined
  /** Delays between attempts to connect. Default: from 1 s, doubled up to 30 s. */
  readonly reconnect?: BackoffOptions | undefined
  /** Watch for a machine that slept. Default: a look every 2 s, for sleeps of more than 10 s. */
  readonly wake?: WakeOptions | undefined
  /** Limit of the gateway call, in milliseconds. Default 10,000. */
  readonly gatewayTimeout?: number | undefined
  /** Limit of the WebSocket handshake, in milliseconds. Default 10,000. */
  readonly handshakeTimeout?: number | undefined
  /** Time for which a replaced connection may stay for its pending answers, in milliseconds. Default 10,000. */
  readonly drainTimeout?: number | undefined
  /** Largest frame to accept, in bytes. Default 1 MiB. A larger one costs the connection, which is opened anew. */
  readonly maxPayload?: number | undefined
  /** Options passed to `ws` as they are; they go before those that are set here, `maxPayload` included. */
  readonly ws?: SocketOptions | undefined
  /** Name of this client for the gateway: `name/version` in ASCII. Default `dingware/<version>`. */
  readonly ua?: string | undefined
  /** Address shown in DingTalk's console. Default: the first that is not loopback. */
  readonly localIp?: string | undefined
  /** Destination of messages. Default: {@link createLogger} with the name `transport`. */
  readonly logger?: Logger | undefined
  /** Pools to share. By default the client makes its own, and closes them on `stop()`. */
  readonly network?: Network | undefined
  /** HTTP client for the gateway call. By default the client makes its own. */
  readonly http?: HttpClient | undefined
}

/** Options of the stream client that a bot passes on: its users may set these, too. */
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
  readonly ws: SocketOptions
}

/** Address of DingTalk's public OpenAPI: the `endpoint` unless another is given. */
export const DEFAULT_ENDPOINT = 'https://api.dingtalk.com'

/**
 * Rules for {@link SharedOptions}, for a factory that passes those on.
 *
 * @example
 * checkOptions<BotOptions>('createBot', options, { ...SHARED_RULES, name: rule.text })
 */
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

/** Checks the options and puts the defaults in. @throws TypeError, RangeError for options that cannot be. */
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

/** Credential of an app. */
export interface Credential {
  readonly clientId: string
  readonly clientSecret: string
}

/**
 * Reads the credential of an app from options, else from `DINGTALK_CLIENT_ID` and `DINGTALK_CLIENT_SECRET`, without
 * blanks and newlines at its ends.
 *
 * @throws GatewayError (`ERR_MISSING_CREDENTIAL`) that names the option and the variable to set.
 * @example
 * const { clientId, clientSecret } = credentialOf({}) // from the environment
 */
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
