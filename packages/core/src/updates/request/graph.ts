import { STATUS_CODES } from 'node:http'
import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, withPayload } from '../lenient/payload.ts'

/**
 * HTTP request of an AI plugin that came through the stream (`ctx.request` in updates of kind `graph`; developerpedia,
 * docs/learn/stream/protocol).
 */
export interface GraphRequest extends FromPayload {
  /** HTTP method in capitals. Default `GET`. */
  readonly method: string
  /** Path with query. Default `/`. */
  readonly uri: string
  /** Headers with lower-case names, such as `x-plugin-id` and `x-ability-key`. */
  readonly headers: Readonly<Record<string, string>>
  /** Body as text. Default `''`. */
  readonly body: string
  /** Parsed body; `undefined` if it is not JSON. */
  readonly json: unknown
}

/** Options of {@link graphResponse}. */
export interface GraphResponseOptions {
  /** HTTP status. Default 200. */
  readonly status?: number
  /** Reason phrase. Default: the usual one, such as `Not Found`. */
  readonly reason?: string
  /** Additional headers. `Content-Type` defaults to `application/json`. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Answer to a {@link GraphRequest}, built by {@link graphResponse}. */
export interface GraphResponse {
  /** Status code and reason phrase. */
  readonly statusLine: { readonly code: number; readonly reasonPhrase: string }
  /** HTTP headers. */
  readonly headers: Readonly<Record<string, string>>
  /** Body as text. */
  readonly body: string
}

const Line = v.object({
  method: v.fallback(v.pipe(v.string(), v.nonEmpty(), v.toUpperCase()), 'GET'),
  uri: v.fallback(v.pipe(v.string(), v.nonEmpty()), '/'),
})

/** Parses a graph request. Never throws. */
export function parseGraphRequest(raw: unknown): GraphRequest {
  const { requestLine, headers, body } = lenient.recordOf(raw) ?? {}
  const { method, uri } = v.parse(Line, lenient.recordOf(requestLine) ?? {})
  const content = typeof body === 'string' ? body : (stringify(body) ?? '')
  const json = typeof body === 'string' ? lenient.jsonOf(body) : body
  return withPayload({ method, uri, headers: readHeaders(headers), body: content, json }, raw, {})
}

/**
 * Builds the answer to a graph call.
 *
 * @param body a string is sent as it is, anything else as JSON; default `''`
 * @example
 * ```ts
 * ctx.respond(graphResponse({ message: 'no such city' }, { status: 404 }))
 * ```
 */
export function graphResponse(
  body?: unknown,
  { status = 200, reason = STATUS_CODES[status] ?? '', headers = {} }: GraphResponseOptions = {},
): GraphResponse {
  const named = Object.keys(headers).some(name => name.toLowerCase() === 'content-type')
  return {
    statusLine: { code: status, reasonPhrase: reason },
    headers: { ...(!named && { 'Content-Type': 'application/json' }), ...headers },
    body: typeof body === 'string' ? body : (JSON.stringify(body) ?? ''),
  }
}

function readHeaders(raw: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(lenient.recordOf(raw) ?? {})
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name.toLowerCase(), String(value)]] : [],
    ),
  )
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
