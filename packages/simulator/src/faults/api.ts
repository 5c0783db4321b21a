import type { Clock } from '../clock/clock.ts'
import type { ApiAnswer } from '../http/answers.ts'
import { familyOf, type Situation } from '../http/refusals.ts'
import type { ApiRequest, Route } from '../http/route.ts'
import type { Limiter } from '../limits/throttle.ts'
import type { App } from '../world/types.ts'
import { cut, faultAnswer } from './answer.ts'
import { fitsPattern } from './pattern.ts'
import type { Rules } from './rules.ts'
import type { ApiFault } from './types.ts'
import { passed } from './wait.ts'

export interface ApiFaultDeps {
  readonly rules: Rules<ApiFault>
  readonly clock: Clock
  readonly closed: AbortSignal
  readonly owner: (token: string) => App | undefined
  readonly throttle: Pick<Limiter, 'limitOf'>
  /** Ends the life of what the request carries. */
  expire(kind: 'token' | 'session', value: string): void
}

/** What a fault makes of a request. */
export interface Struck {
  readonly name: string
  /** The answer in place of the right one; undefined when the right one only comes later. */
  readonly answer: ApiAnswer | undefined
  /** Whether the request does its work although it is answered like this. */
  readonly applied: boolean
  /** Whether there is never an answer. */
  readonly hangs: boolean
}

/** Lets an armed fault strike a request, and waits as long as it says. `gone` aborts when the caller has hung up. */
export async function strikeApi(
  deps: ApiFaultDeps,
  route: Route,
  request: ApiRequest,
  gone: AbortSignal,
): Promise<Struck | undefined> {
  const { rules, clock, closed, expire } = deps
  const fault = rules.take(
    ({ path, method }) =>
      (path === undefined ? !route.aside : fitsPattern(path, request.path)) &&
      (method === undefined || method.toUpperCase() === request.method),
  )
  if (!fault) return undefined
  const ends = AbortSignal.any([closed, gone])
  if (fault.delay !== undefined) await passed(fault.delay, clock, ends)
  if (closed.aborted) return { name: 'closed', answer: cut, applied: false, hangs: false }
  const answer = faultAnswer(fault, familyOf(route), situationOf(deps, fault, route, request))
  if (fault.fault === 'tokenExpired') expire('token', tokenOf(request))
  if (fault.fault === 'webhookExpired') expire('session', request.query.get('session') ?? '')
  const name = typeof fault.fault === 'string' ? fault.fault : fault.fault ? 'answer' : 'slow'
  return { name, answer, applied: fault.applied ?? false, hangs: fault.fault === 'timeout' }
}

function situationOf(
  { clock, owner, throttle }: ApiFaultDeps,
  { scopes }: ApiFault,
  route: Route,
  request: ApiRequest,
): Situation {
  const { path, address } = request
  const clientId = owner(tokenOf(request))?.clientId ?? ''
  const limit = throttle.limitOf(route.path)
  return { path, address, clientId, scopes: scopes ?? [route.scope ?? 'qyapi_base'], now: clock.now(), limit }
}

function tokenOf({ headers, query }: ApiRequest): string {
  return headers.get('x-acs-dingtalk-access-token') ?? query.get('access_token') ?? ''
}
