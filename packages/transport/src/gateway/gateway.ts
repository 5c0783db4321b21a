import { networkInterfaces } from 'node:os'
import * as v from 'valibot'
import { ApiError, GatewayError } from '../errors/errors.ts'
import type { HttpClient } from '../http/http.ts'
import { redact } from '../redact/redact.ts'

/** What a connection listens to. It is fixed for the connection's life. */
export interface Subscription {
  readonly type: 'EVENT' | 'CALLBACK'
  readonly topic: string
}

export interface GatewayRequest {
  /** Base address of the OpenAPI, for example `https://api.dingtalk.com`. */
  readonly endpoint: string
  readonly clientId: string
  readonly clientSecret: string
  readonly subscriptions: readonly Subscription[]
  /** `name/version`; the platform refuses other forms with `ua invalid`. */
  readonly ua: string
  readonly localIp?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly timeout?: number | undefined
}

/** Where to connect: good for one connection within 90 seconds. */
export interface Ticket {
  /** Address of the WebSocket with its ticket in the query: a secret. */
  readonly url: URL
  readonly ticket: string
}

const Answer = v.object({
  endpoint: v.pipe(v.string(), v.url(), v.regex(/^wss?:/, 'not a WebSocket address')),
  ticket: v.pipe(v.string(), v.nonEmpty()),
})

/**
 * Asks the gateway for a connection: `POST /v1.0/gateway/connections/open`.
 *
 * @throws GatewayError when it says no or answers nonsense; NetworkError and TimeoutError when it does not answer.
 */
export async function openConnection(http: HttpClient, request: GatewayRequest): Promise<Ticket> {
  const { clientId, clientSecret, subscriptions, ua, localIp = findLocalIp() } = request
  const answer = await http
    .request({
      method: 'POST',
      url: `${request.endpoint.replace(/\/+$/, '')}/v1.0/gateway/connections/open`,
      json: { clientId, clientSecret, subscriptions, ua, ...(localIp ? { localIp } : {}) },
      signal: request.signal,
      timeout: request.timeout,
    })
    .catch(error => {
      throw error instanceof ApiError ? gatewayErrorOf(error, [clientSecret]) : error
    })
  const result = v.safeParse(Answer, answer.body)
  if (!result.success) {
    const problem = `The gateway's answer has no usable endpoint and ticket. Check that ${new URL(request.endpoint).host} is DingTalk's OpenAPI and no proxy answers in its place.`
    throw new GatewayError(problem, { code: 'ERR_GATEWAY_ANSWER', status: answer.status })
  }
  const { endpoint, ticket } = result.output
  const url = new URL(endpoint)
  url.searchParams.set('ticket', ticket)
  return { url, ticket }
}

/** What to check, by the code that the gateway gives (developerpedia FAQ and the troubleshooting pages of consumers). */
const ADVICE: Readonly<Record<string, string>> = {
  authFailed:
    'The credential was refused: check clientId (DINGTALK_CLIENT_ID) and clientSecret (DINGTALK_CLIENT_SECRET) for a wrong value or stray whitespace.',
  systemError:
    "This usually means a wrong clientId, an app version that is not published, a robot whose message mode is not Stream, or an address that is not on the app's IP list.",
  invalidParameter:
    'Check clientId, clientSecret, the subscriptions and `ua`, which must be ASCII of the form name/version.',
  'Forbidden.AccessDenied.IpNotInWhiteList':
    "This machine's public address is not on the app's IP list: add it in the developer console.",
}

function gatewayErrorOf(error: ApiError, secrets: readonly string[]): GatewayError {
  const advice =
    ADVICE[error.code] ??
    "Check the credential, that the app is published, that its robot is in Stream mode, and the app's IP list."
  return new GatewayError(`The gateway gave no connection. ${redact(error.message, secrets)} ${advice}`, {
    code: error.code,
    status: error.status,
    requestId: error.requestId,
    retryAfter: error.retryAfter,
    fatal: error.code === 'authFailed' || error.code === 'invalidParameter',
    cause: error,
  })
}

/** The first address that is not loopback; DingTalk's console shows it to tell connections apart. */
function findLocalIp(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap(list => list ?? [])
  return addresses.find(address => !address.internal && address.family === 'IPv4')?.address
}
