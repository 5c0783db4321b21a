import { type CallInfo, DingTalkError } from '../errors/errors.ts'
import type { Network } from '../network/network.ts'
import { networkErrorOf } from '../network/network-error.ts'
import { checkOptions } from '../options/check-options.ts'
import { rule } from '../options/rules.ts'
import { redact } from '../redact/redact.ts'
import { withDeadline } from '../utils/deadline.ts'
import { parseUrl } from '../utils/parse-url.ts'
import { apiErrorOf } from './api-error.ts'
import { type Exchange, exchange, type RawAnswer } from './exchange.ts'
import { type HttpAnswer, parseBody } from './http-answer.ts'
import { encodeForm, type Form } from './multipart.ts'
import { secretsOf } from './secrets.ts'

/** Request that an {@link HttpClient} sends. */
export interface HttpRequest {
  /** HTTP method. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Address, `http:` or `https:`, without user name and password. */
  readonly url: string
  /** Parameters that are added to the address; those that are `undefined` are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
  /** Header fields; they go before those that the client sets itself. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Body, sent as JSON. */
  readonly json?: unknown
  /** Body, sent as `multipart/form-data` in place of `json`. */
  readonly form?: Form | undefined
  /** Milliseconds for the whole exchange. Default: the client's. */
  readonly timeout?: number | undefined
  /** Gives the request up when it aborts. */
  readonly signal?: AbortSignal | undefined
  /**
   * Sends without ky, which costs as much again as all the rest. For what is sent with every message; it makes no other
   * difference. Default `false`.
   */
  readonly direct?: boolean | undefined
}

/** Client for JSON over HTTP, through the pools of a {@link Network}. */
export interface HttpClient {
  /**
   * Sends one request; never repeats it, and follows no redirect.
   *
   * @throws ApiError when the answer is an error: a status other than 2xx, or an `errcode` other than 0. DingTalkError
   *   (`ERR_INVALID_URL`) when the address cannot be called.
   * @throws NetworkError when no answer came, or one too large; TimeoutError when it took too long; the signal's reason
   *   when it aborted.
   */
  readonly request: (request: HttpRequest) => Promise<HttpAnswer>
}

/** Settings of an {@link HttpClient}. */
export interface HttpClientOptions {
  /** Pools to send through. The client does not close them. */
  readonly network: Network
  /** Milliseconds for the whole exchange, where a request sets none. Default 10,000. */
  readonly timeout?: number | undefined
  /** `User-Agent` of every request, in printable ASCII. Default: none. */
  readonly ua?: string | undefined
  /** Largest answer to read, in bytes. Default 20 MiB. */
  readonly maxAnswer?: number | undefined
}

// This file is the only one that knows ky. Requests of ky go through undici, the fastest of the ways that honour a
// proxy and a CA (docs/decisions/http-client.md).

/**
 * Creates an HTTP client that turns every failure into an error of dingware, with no secret in it.
 *
 * @throws RangeError when `ua` cannot be sent; TypeError for options that cannot be.
 * @example
 * const http = createHttpClient({ network: createNetwork(), timeout: 5_000 })
 * const { body } = await http.request({ method: 'GET', url: 'https://api.dingtalk.com/v1.0/…', headers })
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  checkOptions<HttpClientOptions>('createHttpClient', options, {
    network: rule.any,
    timeout: rule.timer(1),
    ua: rule.text,
    maxAnswer: rule.limit(0),
  })
  const { network, timeout = 10_000, ua = '', maxAnswer = 20 * 1024 * 1024 } = options
  if (!/^[ -~]*$/.test(ua)) throw new RangeError('`ua` is a header of every request: it must be printable ASCII.')
  const defaults = { accept: 'application/json', ...(ua === '' ? {} : { 'user-agent': ua }) }

  return {
    async request(request) {
      const { method, json, signal } = request
      const send = request.direct ? exchange : exchangeByKy
      const form = request.form && encodeForm(request.form)
      const url = urlOf(request)
      const call: CallInfo = { method, url: `${url.origin}${url.pathname}` }
      const what = `${method} ${call.url}`
      const message = {
        url,
        method,
        headers: {
          ...defaults,
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...form?.headers,
          ...request.headers,
        },
        body: form?.body ?? (json === undefined ? null : JSON.stringify(json)),
        maxAnswer,
      }
      const dispatcher = network.dispatcherFor(url)
      const secrets = (): string[] => secretsOf(url, request.headers, json)
      const { status, headers, text } = await withDeadline(what, request.timeout ?? timeout, signal, async signal =>
        send({ ...message, dispatcher: await dispatcher, signal }),
      ).catch(error => {
        throw signal?.aborted ? signal.reason : networkErrorOf(`${what} did not get through`, error, secrets())
      })
      const answer = { status, headers, body: parseBody(text) }
      const failure = apiErrorOf(answer, call, secrets)
      if (failure) throw failure
      return answer
    },
  }
}

function urlOf({ url, query = {} }: HttpRequest): URL {
  const result = parseUrl(url)
  if (!result || !/^https?:$/.test(result.protocol) || result.username !== '' || result.password !== '') {
    // Not the URL's own error, which holds all of it; what follows the `?` may be a session or a signature.
    const [address = ''] = url.split('?')
    const message = `${redact(address)} cannot be called: it must be http:// or https://, a host, and no user name.`
    throw new DingTalkError(message, { code: 'ERR_INVALID_URL' })
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) result.searchParams.set(name, String(value))
  }
  return result
}

async function exchangeByKy(request: Exchange): Promise<RawAnswer> {
  // Loaded by the first call; a bot may be made long before.
  const { default: ky } = await import('ky')
  let text = ''
  const { status, headers } = await ky(request.url, {
    method: request.method,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    hooks: {
      beforeRequest: [
        // Answered here, ky neither copies the request for repeats that never happen nor streams the body once more.
        async () => {
          const answer = await exchange(request)
          text = answer.text
          return new Response(null, answer)
        },
      ],
    },
  })
  return { status, headers, text }
}
