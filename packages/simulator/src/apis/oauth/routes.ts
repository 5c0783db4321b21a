import * as v from 'valibot'
import { type ApiAnswer, fail, missing, oapi, ok, unproven } from '../../http/answers.ts'
import type { ApiRequest, Route } from '../../http/route.ts'
import { isJson, parseJson } from '../../utils/json.ts'
import type { App } from '../../world/types.ts'
import { TOKEN_LIFE, type Tokens } from './tokens.ts'

const text = v.optional(v.string(), '')
const appSchema = v.looseObject({ appKey: v.string(), appSecret: v.string() })
const suiteSchema = v.looseObject({ suiteKey: text, suiteSecret: text, authCorpId: text, suiteTicket: text })
const newerSchema = v.looseObject({ client_id: text, client_secret: text, grant_type: text })

export interface OAuthDeps {
  readonly apps: ReadonlyMap<string, App>
  readonly tokens: Tokens
  readonly world: { readonly corpId: string }
}

/** The four ways to a token; it is the same one by each. */
export function oauthRoutes(deps: OAuthDeps): Route[] {
  const place = { method: 'POST', auth: 'none', faultsByPathOnly: true } as const
  return [
    { ...place, path: '/v1.0/oauth2/accessToken', handle: withBody(json => accessToken(deps, json)) },
    { ...place, path: '/v1.0/oauth2/corpAccessToken', handle: withBody(json => corpAccessToken(deps, json)) },
    {
      ...place,
      path: '/v1.0/oauth2/:corpId/token',
      handle: withBody((json, { params }) => corpToken(deps, params.corpId ?? '', json)),
    },
    {
      method: 'GET',
      path: '/gettoken',
      auth: 'none',
      faultsByPathOnly: true,
      style: 'oapi',
      handle: ({ query }) => oldToken(deps, query.get('appkey') ?? '', query.get('appsecret') ?? ''),
    },
  ]
}

function appOf({ apps }: OAuthDeps, key: string, secret: string): App | undefined {
  const app = apps.get(key)
  return app?.clientSecret === secret ? app : undefined
}

/** One code for a wrong key and a wrong secret. */
function accessToken(deps: OAuthDeps, json: unknown): ApiAnswer {
  const body = v.safeParse(appSchema, json)
  const app = body.success ? appOf(deps, body.output.appKey, body.output.appSecret) : undefined
  if (!app) return fail(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret')
  return ok({ accessToken: deps.tokens.issue(app), expireIn: TOKEN_LIFE })
}

/** Third-party apps have codes of their own (a live probe of 2026-09; the texts of the last two are made up). */
function corpAccessToken(deps: OAuthDeps, json: unknown): ApiAnswer {
  const body = v.safeParse(suiteSchema, json)
  const app = body.success ? appOf(deps, body.output.suiteKey, body.output.suiteSecret) : undefined
  if (!app || !body.success) return fail(400, 'invalidSuiteKey', 'suitekey不合法')
  const { suiteTicket, authCorpId } = body.output
  if (!suiteTicket) return fail(400, 'invalidSuiteTicket', 'suiteTicket不合法')
  if (authCorpId !== deps.world.corpId) return fail(400, 'invalidAuthInfo', '授权信息不合法')
  return ok({ accessToken: deps.tokens.issue(app), expireIn: TOKEN_LIFE })
}

/** A corpId that there is not looks like an outage (a live probe of 2026-09); all else is documented. */
function corpToken(deps: OAuthDeps, corpId: string, json: unknown): ApiAnswer {
  if (corpId !== deps.world.corpId) return fail(500, 'unknownError', '未知错误')
  const body = v.safeParse(newerSchema, json)
  if (!body.success) return fail(400, 'invalid.client', 'client_id is invalid')
  const { client_id, client_secret, grant_type } = body.output
  if (grant_type !== 'client_credentials') return fail(400, 'unsupported.grant.type', 'grant_type is unsupported')
  const app = appOf(deps, client_id, client_secret)
  if (!app) return fail(400, 'invalid.client', 'client_id is invalid')
  return ok({ access_token: deps.tokens.issue(app), expires_in: TOKEN_LIFE })
}

/** `GET /gettoken`, which reads only the query. */
function oldToken(deps: OAuthDeps, key: string, secret: string): ApiAnswer {
  if (!key) return oapi(40035, '缺少参数 corpid or appkey')
  if (!secret) return unproven(oapi(40035, '缺少参数 corpsecret or appsecret'))
  const app = appOf(deps, key, secret)
  if (!app) return oapi(40096, '不合法的appKey或appSecret')
  return oapi(0, 'ok', { access_token: deps.tokens.issue(app), expires_in: TOKEN_LIFE })
}

/** A form is no body here. */
function withBody(work: (json: unknown, request: ApiRequest) => ApiAnswer): (request: ApiRequest) => ApiAnswer {
  return request => {
    const json = isJson(request.headers) ? parseJson(request.text) : undefined
    return json === undefined ? missing('body') : work(json, request)
  }
}
