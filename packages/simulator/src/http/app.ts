import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { App } from '../world/types.ts'
import { type ApiAnswer, fail } from './answers.ts'
import { type HttpCall, readable } from './calls.ts'
import type { ApiRequest, Route } from './route.ts'

/** Bytes; the largest upload of the platform is 20 MB. */
const LARGEST_REQUEST = 25 * 1024 * 1024

export interface AppDeps {
  readonly routes: readonly Route[]
  readonly owner: (token: string) => App | undefined
  readonly now: () => number
  readonly onCall: (call: HttpCall) => void
}

/** The platform's APIs, each request with its answer written down. */
export function createApi({ routes, owner, now, onCall }: AppDeps): Hono {
  const api = new Hono()
  api.use(bodyLimit({ maxSize: LARGEST_REQUEST }))
  for (const route of routes) {
    api.on(route.method, route.path, async c => {
      const request = await readRequest(c)
      const answer = await run(route, request, owner)
      onCall(describe(request, answer, now()))
      return respond(answer)
    })
  }
  return api
}

/** For a path that no route has. */
export async function unknownApi(c: Context, { now, onCall }: Pick<AppDeps, 'now' | 'onCall'>): Promise<Response> {
  const answer = fail(404, 'InvalidAction.NotFound', `The simulator has no ${c.req.method} ${c.req.path}`)
  onCall(describe(await readRequest(c), answer, now()))
  return respond(answer)
}

async function run(route: Route, request: ApiRequest, owner: AppDeps['owner']): Promise<ApiAnswer> {
  if (route.auth === 'none') return route.handle(request)
  const app = owner(request.headers.get('x-acs-dingtalk-access-token') ?? '')
  // HTTP 400, not 401: so the platform answers a wrong, expired or missing token.
  return app ? route.handle(request, app) : fail(400, 'InvalidAuthentication', '不合法的access_token')
}

async function readRequest(c: Context): Promise<ApiRequest> {
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  return {
    method: c.req.method,
    path: c.req.path,
    query: new URL(c.req.url).searchParams,
    headers: c.req.raw.headers,
    params: c.req.param(),
    bytes,
    text: new TextDecoder().decode(bytes),
  }
}

function describe(request: ApiRequest, answer: ApiAnswer, at: number): HttpCall {
  const { method, path, query, headers, text } = request
  return {
    at,
    method,
    path,
    query: Object.fromEntries(query),
    headers: Object.fromEntries(headers),
    body: readable(text),
    status: answer.status,
    answer: answer.body,
  }
}

function respond({ status, body, contentType }: ApiAnswer): Response {
  const isText = typeof body === 'string'
  const type = contentType ?? (isText ? 'text/html;charset=utf-8' : 'application/json;charset=utf-8')
  return new Response(isText ? body : JSON.stringify(body), { status, headers: { 'content-type': type } })
}
