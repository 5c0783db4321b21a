import type { Http2Bindings, HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { ApiAnswer } from './answers.ts'
import { type HttpCall, readable } from './calls.ts'
import { type GateDeps, pass } from './gate.ts'
import { readRequest } from './read.ts'
import { unknownPath } from './refusals.ts'
import type { ApiRequest, Route } from './route.ts'

export interface ApiDeps extends GateDeps {
  readonly routes: readonly Route[]
  readonly onCall: (call: HttpCall) => void
  /** Lets an armed fault strike; `gone` aborts when the caller hangs up. */
  readonly strike: (route: Route, request: ApiRequest, gone: AbortSignal) => Promise<FaultOutcome | undefined>
  /** Resolves when `gone` aborts, or everything ends. */
  readonly hang: (gone: AbortSignal) => Promise<void>
}

/** The outcome of a fault that has struck a request. */
export interface FaultOutcome {
  readonly name: string
  /** The answer in place of the right one; undefined when the right one only comes later. */
  readonly answer: ApiAnswer | undefined
  /** Whether the request does its work although it is answered like this. */
  readonly applied: boolean
  /** Whether there is never an answer. */
  readonly hangs: boolean
}

/** The bindings that the server hands over with each request. */
export interface HonoEnv {
  Bindings: HttpBindings | Http2Bindings
}

/** The platform's APIs, each request with its answer written down. */
export function createApi(deps: ApiDeps): Hono<HonoEnv> {
  const api = new Hono<HonoEnv>()
  for (const route of deps.routes) {
    api.on(route.method, route.path, async c => {
      const request = await readRequest(c)
      if (!request) return tooLarge()
      const startedAt = deps.now()
      const gone = hangUp(c)
      const fault = await deps.strike(route, request, gone)
      const answer = await answerTo(route, request, deps, fault)
      deps.onCall({ ...describe(request, answer, startedAt, deps.now()), ...(fault && { fault: fault.name }) })
      if (fault?.hangs) await deps.hang(gone)
      if (answer.cut) c.env.incoming.socket.destroy()
      return respond(answer)
    })
  }
  return api
}

async function answerTo(route: Route, request: ApiRequest, deps: ApiDeps, fault?: FaultOutcome): Promise<ApiAnswer> {
  if (!fault?.answer) return pass(route, request, deps)
  if (fault.applied) await pass(route, request, deps)
  return fault.answer
}

function hangUp(c: Context<HonoEnv>): AbortSignal {
  const gone = new AbortController()
  c.env.outgoing.once('close', () => gone.abort())
  return gone.signal
}

/** For a path that no route has. */
export async function unknownApi(c: Context, { now, onCall }: Pick<ApiDeps, 'now' | 'onCall'>): Promise<Response> {
  const request = await readRequest(c)
  if (!request) return tooLarge()
  // The platform's words do not tell that it is the simulator which lacks the API: a header does.
  const headers = { 'x-simulator-hint': `The simulator has no ${c.req.method} ${c.req.path}` }
  const answer = { ...unknownPath(request), headers }
  onCall(describe(request, answer, now(), now()))
  return respond(answer)
}

function tooLarge(): Response {
  return new Response('Payload Too Large', { status: 413 })
}

function describe(request: ApiRequest, answer: ApiAnswer, startedAt: number, at: number): HttpCall {
  const { method, path, query, headers, text } = request
  const body = readable(text)
  return {
    at,
    method,
    path,
    query: Object.fromEntries(query),
    headers: Object.fromEntries(headers),
    body,
    ...(typeof body !== 'string' && { text }),
    status: answer.status,
    answer: answer.body instanceof Uint8Array ? `${answer.body.length} bytes` : answer.body,
    duration: at - startedAt,
    ...(answer.unproven && { unproven: true }),
  }
}

function respond({ status, body, contentType, headers, cut }: ApiAnswer): Response {
  if (cut) return new Response(undefined, { status: 500 })
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const type = contentType ?? (isRaw ? 'text/html;charset=utf-8' : 'application/json;charset=utf-8')
  return new Response(isRaw ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': type },
  })
}
