import type { Counter } from '../limits/quota.ts'
import type { Limiter } from '../limits/throttle.ts'
import type { App } from '../world/types.ts'
import type { ApiAnswer } from './answers.ts'
import { errorStyleOf, type Refusal, refusal } from './refusals.ts'
import type { ApiRequest, Route } from './route.ts'

export interface GateDeps {
  readonly owner: (token: string) => App | undefined
  /** Whether a token holds a permission. */
  readonly may: (token: string, scope: string) => boolean
  readonly throttle: Limiter
  readonly quota: { readonly api: Counter }
  readonly now: () => number
}

/** Lets a request through to its handler, or turns it away: token, permission, calls a second, calls a month. */
export async function pass(route: Route, request: ApiRequest, deps: GateDeps): Promise<ApiAnswer> {
  if (route.auth === 'none') return route.handle(request)
  const token =
    route.auth === 'query' ? request.query.get('access_token') : request.headers.get('x-acs-dingtalk-access-token')
  const app = deps.owner(token ?? '')
  const refuse = (name: Refusal) =>
    refusal(name, errorStyleOf(route), {
      path: request.path,
      address: request.address,
      clientId: app?.clientId ?? '',
      scopes: route.scope ? [route.scope] : [],
      now: deps.now(),
      limit: deps.throttle.limitOf(route.path),
    })
  // HTTP 400, not 401: so the platform answers a wrong, expired or missing token.
  if (!token) return refuse('tokenMissing')
  if (!app) return refuse('tokenExpired')
  if (route.scope !== undefined && !deps.may(token, route.scope)) return refuse('permission')
  if (route.metered !== false) {
    if (!deps.throttle.admit(app.clientId, route)) return refuse('qps')
    if (!deps.quota.api.take()) return refuse('quota')
  }
  return route.handle(request, app)
}
