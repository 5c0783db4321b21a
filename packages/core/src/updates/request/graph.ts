import { STATUS_CODES } from 'node:http'
import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, withPayload } from '../lenient/payload.ts'

/** A call of an AI plugin: an HTTP request that came through the socket (developerpedia, docs/learn/stream/protocol). */
export interface GraphRequest extends FromPayload {
  /** Upper-case. Default `GET`. */
  readonly method: string
  /** Default `/`. */
  readonly uri: string
  /** Names in lower-case, such as `x-plugin-id` and `x-ability-key`. */
  readonly headers: Readonly<Record<string, string>>
  /** Default `''`. */
  readonly body: string
  /** The body parsed; `undefined` when it is not JSON. */
  readonly json: unknown
}

export interface GraphResponseOptions {
  /** Default 200. */
  readonly status?: number
  /** Default the usual one of the status, such as `Not Found`. */
  readonly reason?: string
  /** Added to `Content-Type: application/json`, or instead of it. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What is answered to a {@link GraphRequest}. */
export interface GraphResponse {
  readonly statusLine: { readonly code: number; readonly reasonPhrase: string }
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const Line = v.object({
  method: v.fallback(v.pipe(v.string(), v.nonEmpty(), v.toUpperCase()), 'GET'),
  uri: v.fallback(v.pipe(v.string(), v.nonEmpty()), '/'),
})

/** Reads a graph request. Never throws. */
export function parseGraphRequest(raw: unknown): GraphRequest {
  const { requestLine, headers, body } = lenient.recordOf(raw) ?? {}
  const { method, uri } = v.parse(Line, lenient.recordOf(requestLine) ?? {})
  const content = typeof body === 'string' ? body : (stringify(body) ?? '')
  const json = typeof body === 'string' ? lenient.jsonOf(body) : body
  return withPayload({ method, uri, headers: readHeaders(headers), body: content, json }, raw, {})
}

/**
 * Builds the answer to a graph request.
 *
 * @param body Text goes out as it is, all else as JSON, nothing as `''`.
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
