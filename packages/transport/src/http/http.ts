import ky from 'ky'
import { type Dispatcher, request as undiciRequest } from 'undici'
import { type CallInfo, DingTalkError, NetworkError } from '../errors/errors.ts'
import type { Network } from '../network/network.ts'
import { redact } from '../redact/redact.ts'
import { apiErrorOf } from './answer.ts'
import { withDeadline } from './deadline.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Sent as JSON. */
  readonly json?: unknown
  /** Milliseconds for the whole exchange. Default: the client's. */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON; the text itself where it is none; `undefined` where it is empty. */
  readonly body: unknown
}

export interface HttpClient {
  /**
   * Sends one request; never repeats it.
   *
   * @throws ApiError when the answer is an error: status 400 and above, or HTTP 200 with an `errcode` other than 0.
   * @throws NetworkError when no answer came, TimeoutError when it took too long, the signal's reason when it aborted.
   */
  readonly request: (request: HttpRequest) => Promise<HttpAnswer>
}

export interface HttpClientOptions {
  readonly network: Network
  /** Milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
  /** `User-Agent` of every request. */
  readonly ua?: string | undefined
}

/**
 * Creates the HTTP client. This file is the only one that knows ky, and how ky reaches the network:
 * through `undici.request`, the fastest of the ways that honour a proxy and a CA (docs/decisions/http-client.md).
 */
export function createHttpClient({ network, timeout = 10_000, ua }: HttpClientOptions): HttpClient {
  return {
    async request(request) {
      const url = urlOf(request)
      const call: CallInfo = { method: request.method, url: `${url.origin}${url.pathname}` }
      const what = `${call.method} ${call.url}`
      const exchange = (signal: AbortSignal): Promise<HttpAnswer> =>
        send(url, { ...request, headers: { ...(ua ? { 'user-agent': ua } : {}), ...request.headers } }, network, signal)
      const answer = await withDeadline(what, request.timeout ?? timeout, request.signal, exchange).catch(error => {
        throw request.signal?.aborted ? request.signal.reason : asNetworkError(error, what)
      })
      const failure = apiErrorOf(answer, call)
      if (failure) throw failure
      return answer
    },
  }
}

function urlOf({ url, query = {} }: HttpRequest): URL {
  const result = new URL(url)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) result.searchParams.set(name, String(value))
  }
  return result
}

async function send(url: URL, request: HttpRequest, network: Network, signal: AbortSignal): Promise<HttpAnswer> {
  const headers: Record<string, string> = { accept: 'application/json', ...request.headers }
  if (request.json !== undefined) headers['content-type'] ??= 'application/json'
  const body = request.json === undefined ? null : JSON.stringify(request.json)
  const response = await ky(url, {
    method: request.method,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    // The body goes past ky's Request, which would copy it for repeats that never happen.
    fetch: () =>
      undiciFetch(url, { method: request.method, headers, body, signal, dispatcher: network.dispatcherFor(url) }),
  })
  return { status: response.status, headers: response.headers, body: parseBody(await response.text()) }
}

interface UndiciOptions {
  readonly method: HttpRequest['method']
  readonly headers: Record<string, string>
  readonly body: string | null
  readonly signal: AbortSignal
  readonly dispatcher: Dispatcher
}

async function undiciFetch(url: URL, options: UndiciOptions): Promise<Response> {
  const { statusCode, headers: fields, body } = await undiciRequest(url, options)
  const bytes = await body.arrayBuffer()
  const headers = new Headers()
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) headers.append(name, item)
  }
  return new Response(bytes.byteLength === 0 ? null : bytes, { status: statusCode, headers })
}

/** Proxies and firewalls answer HTML, the gateway sometimes XML: never assume JSON. */
function parseBody(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function asNetworkError(error: unknown, what: string): unknown {
  if (DingTalkError.isInstance(error)) return error
  const { code, message } = describe(error)
  return new NetworkError(`${what} did not get through: ${redact(message)}. ${hintFor(code)}`, { code, cause: error })
}

function describe(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: 'ERR_NETWORK', message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'ERR_NETWORK'
  // An AggregateError (both IPv4 and IPv6 refused) has an empty message.
  return { code, message: error.message || code }
}

function hintFor(code: string): string {
  if (/CERT|SIGNED|TLS|SSL/.test(code)) return 'Check the certificate: `tls.ca` adds one of your own to those trusted.'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Check the host name, DNS, and whether a proxy is needed.'
  return 'Check the network, the firewall and the proxy settings (HTTPS_PROXY, NO_PROXY, `proxy`).'
}
