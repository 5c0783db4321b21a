import * as v from 'valibot'
import { fail, oapi, ok } from '../http/answers.ts'
import { isJson, parseJson } from '../http/json.ts'
import type { Route } from '../http/route.ts'
import type { App } from '../world/types.ts'
import { TOKEN_LIFE, type Tokens } from './tokens.ts'

const schema = v.looseObject({ appKey: v.string(), appSecret: v.string() })

export interface OAuthDeps {
  readonly apps: ReadonlyMap<string, App>
  readonly tokens: Tokens
}

export function oauthRoutes({ apps, tokens }: OAuthDeps): Route[] {
  const appOf = (key: string, secret: string) => {
    const app = apps.get(key)
    return app?.clientSecret === secret ? app : undefined
  }

  return [
    {
      method: 'POST',
      path: '/v1.0/oauth2/accessToken',
      auth: 'none',
      handle(request) {
        const json = parseJson(request.text)
        if (!isJson(request.headers) || json === undefined) {
          return fail(400, 'Missingbody', 'Body is mandatory for this action.')
        }
        const body = v.safeParse(schema, json)
        const app = body.success ? appOf(body.output.appKey, body.output.appSecret) : undefined
        if (!app) return fail(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret')
        return ok({ accessToken: tokens.issue(app), expireIn: TOKEN_LIFE })
      },
    },
    {
      method: 'GET',
      path: '/gettoken',
      auth: 'none',
      handle({ query }) {
        const app = appOf(query.get('appkey') ?? '', query.get('appsecret') ?? '')
        if (!app) return oapi(40089, '不合法的corpid或corpsecret')
        return oapi(0, 'ok', { access_token: tokens.issue(app), expires_in: TOKEN_LIFE })
      },
    },
  ]
}
