import type { Clock } from '../clock/clock.ts'
import { type ApiAnswer, fail } from '../http/answers.ts'
import { newAnswer, oldAnswer } from '../http/refusals.ts'
import type { ApiRequest, Route } from '../http/route.ts'
import { fitsPattern } from './pattern.ts'
import type { Rules } from './rules.ts'
import type { ApiFault } from './types.ts'
import { passed } from './wait.ts'

/** Seconds in a Retry-After header. */
const RETRY_AFTER = 1

export interface ApiFaultDeps {
  readonly rules: Rules<ApiFault>
  readonly clock: Clock
  readonly closed: AbortSignal
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
  { rules, clock, closed, expire }: ApiFaultDeps,
  route: Route,
  request: ApiRequest,
  gone: AbortSignal,
): Promise<Struck | undefined> {
  const fault = rules.take(
    ({ path, method }) =>
      (path === undefined ? !route.aside : fitsPattern(path, request.path)) &&
      (method === undefined || method.toUpperCase() === request.method),
  )
  if (!fault) return undefined
  const ends = AbortSignal.any([closed, gone])
  if (fault.delay !== undefined) await passed(fault.delay, clock, ends)
  if (closed.aborted) return { name: 'closed', answer: cut, applied: false, hangs: false }
  if (fault.fault === 'tokenExpired') expire('token', tokenOf(request))
  if (fault.fault === 'webhookExpired') expire('session', request.query.get('session') ?? '')
  const name = typeof fault.fault === 'string' ? fault.fault : fault.fault ? 'answer' : 'slow'
  return { name, answer: answerOf(fault, route), applied: fault.applied ?? false, hangs: fault.fault === 'timeout' }
}

const cut: ApiAnswer = { status: 0, body: '', cut: true }

function answerOf(fault: ApiFault, route: Route): ApiAnswer | undefined {
  if (typeof fault.fault === 'object') return { body: '', ...fault.fault }
  const isOld = route.style === 'oapi' || route.auth === 'query'
  switch (fault.fault) {
    case undefined:
      return undefined
    case 'cut':
    case 'timeout':
      return cut
    case 'html':
      return { status: fault.status ?? 502, body: HTML, contentType: 'text/html;charset=utf-8' }
    case 'empty':
      return { status: fault.status ?? 200, body: '' }
    case 'serverError':
      return fail(fault.status ?? 503, 'system.busy', '系统繁忙')
    case 'rateLimit':
      return {
        ...fail(429, 'system.busy', 'Too many requests'),
        headers: { 'retry-after': String(fault.retryAfter ?? RETRY_AFTER) },
      }
    default:
      return isOld ? oldAnswer(fault.fault) : newAnswer(fault.fault, fault.scopes ?? [route.scope ?? 'qyapi_base'])
  }
}

function tokenOf({ headers, query }: ApiRequest): string {
  return headers.get('x-acs-dingtalk-access-token') ?? query.get('access_token') ?? ''
}

const HTML =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>'
