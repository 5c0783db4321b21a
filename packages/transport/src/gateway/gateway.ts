import { networkInterfaces } from 'node:os'
import * as v from 'valibot'
import { ApiError, GatewayError } from '../errors/errors.ts'
import type { HttpClient } from '../http/http.ts'
import type { HttpAnswer } from '../http/http-answer.ts'
import { redact } from '../redact/redact.ts'
import { parseUrl } from '../utils/parse-url.ts'
import { adviceFor } from './advice.ts'

/**
 * Kind of frames that a connection receives. The gateway is told of it when a connection opens, so it is fixed for that
 * connection's life.
 *
 * @example
 * const messages: Subscription = { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' }
 * const events: Subscription = { type: 'EVENT', topic: '*' }
 */
export interface Subscription {
  /** `CALLBACK` for messages, card clicks and the like; `EVENT` for those chosen in the developer console. */
  readonly type: 'EVENT' | 'CALLBACK'
  /** Topic of the callback; `*` for events. */
  readonly topic: string
}

/** Wish for one connection. */
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

/** Answer of the gateway, which says where to connect. It is good for one connection within 90 seconds. */
export interface Ticket {
  /** Address of the WebSocket with its ticket in the query: a secret. */
  readonly url: URL
  readonly ticket: string
}

const Answer = v.object({
  endpoint: v.pipe(v.string(), v.url(), v.regex(/^wss?:/i, 'not a WebSocket address')),
  ticket: v.pipe(v.string(), v.nonEmpty()),
})

/**
 * Asks the gateway for a connection: `POST /v1.0/gateway/connections/open`.
 *
 * @throws GatewayError when it says no or answers nonsense; NetworkError and TimeoutError when it does not answer.
 */
export async function openConnection(http: HttpClient, request: GatewayRequest): Promise<Ticket> {
  const { clientId, clientSecret, subscriptions, ua, localIp = findLocalIp(), signal, timeout } = request
  const url = openUrlOf(request.endpoint)
  const answer = await http
    .request({
      method: 'POST',
      url: url.href,
      json: { clientId, clientSecret, subscriptions, ua, ...(localIp ? { localIp } : {}) },
      signal,
      timeout,
      // Without ky, which a bot that only listens need not load.
      direct: true,
    })
    .catch(error => {
      throw error instanceof ApiError ? gatewayErrorOf(error) : error
    })
  return ticketOf(answer, url)
}

/** Makes the address of the call. @throws GatewayError when `endpoint` is no address. */
function openUrlOf(endpoint: string): URL {
  const url = parseUrl(endpoint)
  if (!url || !/^https?:$/.test(url.protocol)) {
    const message = `\`endpoint\` (DINGTALK_OPENAPI_ENDPOINT) is ${redact(endpoint)}, which is no address of an OpenAPI: it must look like https://api.dingtalk.com.`
    throw new GatewayError(message, { code: 'ERR_ENDPOINT', fatal: true })
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1.0/gateway/connections/open`
  return url
}

function ticketOf({ status, headers, body }: HttpAnswer, asked: URL): Ticket {
  const result = v.safeParse(Answer, body)
  if (!result.success) {
    const type = headers.get('content-type') ?? 'without a content type'
    const message = `The gateway's answer (HTTP ${status}, ${type}) has no usable endpoint and ticket. Check that ${asked.host} is DingTalk's OpenAPI and that no proxy answers in its place.`
    throw new GatewayError(message, { code: 'ERR_GATEWAY_ANSWER', status })
  }
  const { endpoint, ticket } = result.output
  const url = new URL(endpoint)
  // Appended, because setting a parameter through `searchParams` writes the others anew, in an encoding of its own.
  const encoded = new URLSearchParams({ ticket }).toString().replaceAll('+', '%20')
  url.search = url.search === '' ? encoded : `${url.search}&${encoded}`
  url.hash = ''
  return { url, ticket }
}

function gatewayErrorOf(error: ApiError): GatewayError {
  const { message, code, status, requestId, retryAfter } = error
  return new GatewayError(`The gateway gave no connection. ${message} ${adviceFor(error)}`.trim(), {
    code,
    status,
    requestId,
    retryAfter,
    fatal: code === 'authFailed' || code === 'invalidParameter',
    cause: error,
  })
}

/** Finds the first address that is not loopback; DingTalk's console shows it to tell connections apart. */
function findLocalIp(): string | undefined {
  try {
    const addresses = Object.values(networkInterfaces()).flatMap(list => list ?? [])
    return addresses.find(address => !address.internal && address.family === 'IPv4')?.address
  } catch {
    // A sandbox may keep it secret, as Deno does without --allow-sys. The connection does without.
    return undefined
  }
}
