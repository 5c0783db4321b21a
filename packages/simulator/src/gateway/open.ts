import * as v from 'valibot'
import { type ApiAnswer, fail, ok } from '../http/answers.ts'
import type { ApiRequest, Route } from '../http/route.ts'
import { parseJson, withoutNulls } from '../utils/json.ts'
import type { App } from '../world/types.ts'
import type { Tickets } from './tickets.ts'

const schema = v.looseObject({
  clientId: v.pipe(v.string(), v.nonEmpty()),
  clientSecret: v.pipe(v.string(), v.nonEmpty()),
  subscriptions: v.array(
    v.looseObject({ type: v.picklist(['EVENT', 'CALLBACK', 'SYSTEM']), topic: v.pipe(v.string(), v.nonEmpty()) }),
  ),
  // `name/version` in ASCII. The official Node client sends an empty one.
  ua: v.optional(v.pipe(v.string(), v.regex(/^([\w.-]+\/[\w.+-]+)?$/, 'ua invalid')), ''),
  localIp: v.optional(v.string()),
  extras: v.optional(v.record(v.string(), v.string())),
})

export interface OpenDeps {
  readonly apps: ReadonlyMap<string, App>
  readonly tickets: Tickets
  /** The WebSocket address; known only when the server listens. */
  readonly endpoint: () => string
  /** An armed fault, which answers in the gateway's stead. */
  readonly fault: () => Promise<ApiAnswer | undefined>
}

/** `POST /v1.0/gateway/connections/open`: credentials and subscriptions for an address and a ticket. */
export function openRoute(deps: OpenDeps): Route {
  return {
    method: 'POST',
    path: '/v1.0/gateway/connections/open',
    auth: 'none',
    faultsByPathOnly: true,
    async handle(request) {
      return (await deps.fault()) ?? inFormat(request, open(request, deps))
    },
  }
}

function open(request: ApiRequest, { apps, tickets, endpoint }: OpenDeps): ApiAnswer {
  const body = v.safeParse(schema, withoutNulls(parseJson(request.text)))
  if (!body.success) return fail(400, 'invalidParameter', describe(body.issues[0]))
  const { clientId, clientSecret, subscriptions, ua } = body.output
  const app = apps.get(clientId)
  // Misleading, and so on the platform: also for an app that is not published or not in Stream mode.
  if (!app) return fail(400, 'systemError', '系统错误')
  if (app.clientSecret !== clientSecret) return fail(401, 'authFailed', '鉴权失败')
  return ok({ endpoint: endpoint(), ticket: tickets.issue({ app, subscriptions, ua }) })
}

function describe(issue: v.BaseIssue<unknown>): string {
  if (issue.message === 'ua invalid') return issue.message
  return `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`
}

/**
 * The gateway answers XML to who takes no JSON (a comment in the official Node client warns of it). Who takes anything
 * gets JSON: Koishi's adapter asks so since 2023.
 */
function inFormat(request: ApiRequest, answer: ApiAnswer): ApiAnswer {
  const accept = request.headers.get('accept') ?? ''
  if (/json|\*\/\*|application\/\*/i.test(accept) || typeof answer.body !== 'object' || answer.body === null)
    return answer
  const fields = Object.entries(answer.body).map(([key, value]) => `<${key}>${escapeXml(String(value))}</${key}>`)
  return {
    status: answer.status,
    body: `<?xml version="1.0" encoding="UTF-8"?><response>${fields.join('')}</response>`,
    contentType: 'application/xml;charset=utf-8',
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
