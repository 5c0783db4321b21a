import type { Permissions } from '../permissions/permissions.ts'
import type { Counter } from '../quota/quota.ts'
import type { Limiter } from '../throttle/throttle.ts'
import type { App } from '../world/types.ts'
import type { ApiAnswer } from './answers.ts'
import { newAnswer, oldAnswer, type Refusal } from './refusals.ts'
import type { ApiRequest, Route } from './route.ts'

export interface GateDeps {
  readonly owner: (token: string) => App | undefined
  readonly permissions: Permissions
  readonly throttle: Limiter
  readonly quota: { readonly api: Counter }
}

/** Lets a request through to its handler, or turns it away: token, permission, calls a second, calls a month. */
export async function pass(route: Route, request: ApiRequest, deps: GateDeps): Promise<ApiAnswer> {
  if (route.auth === 'none') return route.handle(request)
  const refuse = (refusal: Refusal) =>
    route.auth === 'query' ? oldAnswer(refusal) : newAnswer(refusal, route.scope ? [route.scope] : [])
  const token =
    route.auth === 'query' ? request.query.get('access_token') : request.headers.get('x-acs-dingtalk-access-token')
  const app = deps.owner(token ?? '')
  // HTTP 400, not 401: so the platform answers a wrong, expired or missing token.
  if (!app) return refuse('tokenExpired')
  if (route.scope !== undefined && !deps.permissions.has(route.scope)) return refuse('permission')
  if (route.metered !== false) {
    if (!deps.throttle.admit(app.clientId, route)) return refuse('qps')
    if (!deps.quota.api.take()) return refuse('quota')
  }
  return route.handle(request, app)
}
