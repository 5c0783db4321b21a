import * as v from 'valibot'
import { type ApiAnswer, fail, oapi, ok } from '../http/answers.ts'
import { isJson, parseJson } from '../http/json.ts'
import type { ApiRequest, Route } from '../http/route.ts'
import type { App } from '../world/types.ts'
import { TOKEN_LIFE, type Tokens } from './tokens.ts'

const appSchema = v.pipe(
  v.looseObject({ appKey: v.string(), appSecret: v.string() }),
  v.transform(({ appKey: key, appSecret: secret }) => ({ key, secret })),
)
const suiteSchema = v.pipe(
  v.looseObject({ suiteKey: v.string(), suiteSecret: v.string(), authCorpId: v.string() }),
  v.transform(({ suiteKey: key, suiteSecret: secret }) => ({ key, secret })),
)
const newerSchema = v.looseObject({
  client_id: v.optional(v.string(), ''),
  client_secret: v.optional(v.string(), ''),
  grant_type: v.optional(v.string(), ''),
})

export interface OAuthDeps {
  readonly apps: ReadonlyMap<string, App>
  readonly tokens: Tokens
}

/** The four ways to a token; it is the same one by each. */
export function oauthRoutes({ apps, tokens }: OAuthDeps): Route[] {
  const appOf = (key: string, secret: string) => {
    const app = apps.get(key)
    return app?.clientSecret === secret ? app : undefined
  }
  const accessToken = (schema: v.GenericSchema<unknown, { readonly key: string; readonly secret: string }>) =>
    withBody(json => {
      const body = v.safeParse(schema, json)
      const app = body.success ? appOf(body.output.key, body.output.secret) : undefined
      if (!app) return fail(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret')
      return ok({ accessToken: tokens.issue(app), expireIn: TOKEN_LIFE })
    })
  const place = { method: 'POST', auth: 'none', aside: true } as const

  return [
    { ...place, path: '/v1.0/oauth2/accessToken', handle: accessToken(appSchema) },
    { ...place, path: '/v1.0/oauth2/corpAccessToken', handle: accessToken(suiteSchema) },
    {
      ...place,
      path: '/v1.0/oauth2/:corpId/token',
      handle: withBody(json => {
        const body = v.safeParse(newerSchema, json)
        if (!body.success) return fail(400, 'invalid.client', 'client_id is invalid')
        const { client_id, client_secret, grant_type } = body.output
        if (grant_type !== 'client_credentials') return fail(400, 'unsupported.grant.type', 'grant_type is unsupported')
        const app = appOf(client_id, client_secret)
        if (!app) return fail(400, 'invalid.client', 'client_id is invalid')
        return ok({ access_token: tokens.issue(app), expires_in: TOKEN_LIFE })
      }),
    },
    {
      method: 'GET',
      path: '/gettoken',
      auth: 'none',
      aside: true,
      style: 'oapi',
      handle({ query }) {
        const app = appOf(query.get('appkey') ?? '', query.get('appsecret') ?? '')
        if (!app) return oapi(40089, '不合法的corpid或corpsecret')
        return oapi(0, 'ok', { access_token: tokens.issue(app), expires_in: TOKEN_LIFE })
      },
    },
  ]
}

/** A form is no body here. */
function withBody(work: (json: unknown) => ApiAnswer): (request: ApiRequest) => ApiAnswer {
  return ({ headers, text }) => {
    const json = isJson(headers) ? parseJson(text) : undefined
    return json === undefined ? fail(400, 'Missingbody', 'Body is mandatory for this action.') : work(json)
  }
}
