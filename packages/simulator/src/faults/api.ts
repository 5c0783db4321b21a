import type { Clock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import type { FaultOutcome } from '../http/api.ts'
import { errorStyleOf, type RefusalContext } from '../http/refusals.ts'
import type { ApiRequest, Route } from '../http/route.ts'
import type { Limiter } from '../limits/throttle.ts'
import { fitsPattern } from '../utils/pattern.ts'
import type { App } from '../world/types.ts'
import { cut, faultAnswer } from './answer.ts'
import type { Rules } from './rules.ts'
import type { ApiFault } from './types.ts'

export interface ApiFaultDeps {
  readonly rules: Rules<ApiFault>
  readonly clock: Clock
  readonly closed: AbortSignal
  readonly owner: (token: string) => App | undefined
  readonly throttle: Pick<Limiter, 'limitOf'>
  /** Ends the life of what the request carries. */
  expire(kind: 'token' | 'session', value: string): void
}

/** Lets an armed fault strike a request, and waits as long as it says. `gone` aborts when the caller has hung up. */
export async function strikeApi(
  deps: ApiFaultDeps,
  route: Route,
  request: ApiRequest,
  gone: AbortSignal,
): Promise<FaultOutcome | undefined> {
  const { rules, clock, closed, expire } = deps
  const fault = rules.take(
    ({ path, method }) =>
      (path === undefined ? !route.faultsByPathOnly : fitsPattern(path, request.path)) &&
      (method === undefined || method.toUpperCase() === request.method),
  )
  if (!fault) return undefined
  const ends = AbortSignal.any([closed, gone])
  if (fault.delay !== undefined) await sleep(fault.delay, clock, ends)
  if (closed.aborted) return { name: 'closed', answer: cut, applied: false, hangs: false }
  const answer = faultAnswer(fault, errorStyleOf(route), contextOf(deps, fault, route, request))
  if (fault.fault === 'tokenExpired') expire('token', tokenOf(request))
  if (fault.fault === 'webhookExpired') expire('session', request.query.get('session') ?? '')
  const name = typeof fault.fault === 'string' ? fault.fault : fault.fault ? 'answer' : 'slow'
  return { name, answer, applied: fault.applied ?? false, hangs: fault.fault === 'timeout' }
}

function contextOf(
  { clock, owner, throttle }: ApiFaultDeps,
  { scopes }: ApiFault,
  route: Route,
  request: ApiRequest,
): RefusalContext {
  const { path, address } = request
  const clientId = owner(tokenOf(request))?.clientId ?? ''
  const limit = throttle.limitOf(route.path)
  return { path, address, clientId, scopes: scopes ?? [route.scope ?? 'qyapi_base'], now: clock.now(), limit }
}

function tokenOf({ headers, query }: ApiRequest): string {
  return headers.get('x-acs-dingtalk-access-token') ?? query.get('access_token') ?? ''
}
