import { type ApiAnswer, denied, fail, oapi, requestId, unproven, wrapped } from './answers.ts'
import type { ApiRequest, Route } from './route.ts'

/** A reason to refuse a request before its handler runs. */
export type Refusal = (typeof REFUSALS)[number]

export const REFUSALS = [
  'qps',
  'qpm',
  'qpsOfAll',
  'quota',
  'permission',
  'ipNotAllowed',
  'tokenMissing',
  'tokenExpired',
  'webhookExpired',
] as const

/** The style of errors: of api.dingtalk.com, of newer methods of oapi.dingtalk.com, of its old ones, or of webhooks. */
export type ErrorStyle = 'v1' | 'topapi' | 'oapi' | 'webhook'

/** The facts of a request that the text of a refusal mentions. */
export interface RefusalContext {
  readonly path: string
  readonly clientId: string
  /** The address that the request came from. */
  readonly address: string
  readonly scopes: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Calls a second that are permitted. */
  readonly limit: number
}

export function errorStyleOf({ path, auth, style }: Route): ErrorStyle {
  if (path.startsWith('/topapi/')) return 'topapi'
  if (auth === 'query') return 'oapi'
  if (style !== 'oapi') return 'v1'
  return path.startsWith('/robot/') ? 'webhook' : 'oapi'
}

/** The platform's no, in the words of the style that the route belongs to. */
export function refusal(name: Refusal, style: ErrorStyle, context: RefusalContext): ApiAnswer {
  return answers[style](name, context)
}

const answers: Readonly<Record<ErrorStyle, (name: Refusal, context: RefusalContext) => ApiAnswer>> = {
  v1: v1Answer,
  topapi: topapiAnswer,
  oapi: oapiAnswer,
  webhook: webhookAnswer,
}

const BAD_TOKEN = '不合法的access_token'
const QUOTA = '企业本月的接口调用量已用完'
const NO_SESSION = 'session 不存在'

/** Throttled by api.dingtalk.com: nothing tells when to return. */
export function tooFast(): ApiAnswer {
  return denied(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', '应用调用该接口的QPS超过限制')
}

/** Throttling and refusals come as 403 without a header that says when to return, a bad token as 400 (live, 2023–2026). */
function v1Answer(name: Refusal, context: RefusalContext): ApiAnswer {
  const forbidden = (code: string, message: string, more?: object) =>
    denied(403, `Forbidden.AccessDenied.${code}`, message, more)
  switch (name) {
    case 'qps':
      return tooFast()
    case 'qpm':
      return unproven(forbidden('QpmLimitForAppkeyAndApi', '应用调用该接口的QPM超过限制'))
    case 'qpsOfAll':
      return unproven(forbidden('QpsLimitForApi', '所有应用调用该接口的QPS超过限制'))
    case 'quota':
      return forbidden('ApiCountLimitForOrg', QUOTA)
    case 'ipNotAllowed':
      return forbidden(
        'IpNotInWhiteList',
        notAllowed(context, '，请参考FAQ：https://open.dingtalk.com/document/org-faq/app-faq'),
      )
    case 'permission': {
      const accessdenieddetail = { requiredScopes: context.scopes }
      return forbidden('AccessTokenPermissionDenied', notGranted(context), { accessdenieddetail })
    }
    case 'tokenMissing':
      return denied(400, 'AuthenticationFailed.MissingParameter', '缺少参数：x-acs-dingtalk-access-token')
    case 'tokenExpired':
      return denied(400, 'InvalidAuthentication', BAD_TOKEN)
    case 'webhookExpired':
      return oapi(300001, NO_SESSION)
  }
}

/** Wrapped as 88 (live probes of 2026-09). A permission stands in the text alone, with the link to ask for it. */
function topapiAnswer(name: Refusal, context: RefusalContext): ApiAnswer {
  switch (name) {
    case 'qps':
    case 'qpm':
      return wrapped('90018', tooManyOfApp(context))
    case 'qpsOfAll':
      return wrapped('90002', tooManyOfAll(context))
    case 'quota':
      return unproven(wrapped('90020', QUOTA))
    case 'permission':
      return wrapped('60011', notGranted(context), `, {requiredScopes=[${context.scopes.join(', ')}]}`)
    case 'ipNotAllowed':
      return wrapped('60020', notAllowed(context))
    case 'tokenMissing': {
      // The capture has neither errmsg nor request_id.
      const body = { errcode: 88, sub_code: '40000', sub_msg: 'access_token is blank' }
      return { status: 200, body, contentType: 'application/json' }
    }
    case 'tokenExpired':
      return wrapped('40014', BAD_TOKEN)
    case 'webhookExpired':
      return oapi(300001, NO_SESSION)
  }
}

/** Plain codes (ali-sdk/node-dingtalk#32, satorijs/satori#240). */
function oapiAnswer(name: Refusal, context: RefusalContext): ApiAnswer {
  switch (name) {
    case 'qps':
    case 'qpm':
    case 'qpsOfAll': {
      // In this order, as captured.
      const body = { errmsg: tooManyOfApp(context), errcode: 90002 }
      return { status: 200, body, contentType: 'application/json' }
    }
    case 'quota':
      return oapi(90020, QUOTA)
    case 'permission':
      return unproven(oapi(60011, notGranted(context)))
    case 'ipNotAllowed':
      return unproven(oapi(60020, notAllowed(context)))
    case 'tokenMissing':
      return oapi(40035, '缺少参数 access_token')
    case 'tokenExpired':
      return oapi(40014, BAD_TOKEN)
    case 'webhookExpired':
      return oapi(300001, NO_SESSION)
  }
}

/** Webhooks are throttled with a code of their own (a probe of 2026); all else is that of the old methods. */
function webhookAnswer(name: Refusal, context: RefusalContext): ApiAnswer {
  const isThrottled = name === 'qps' || name === 'qpm' || name === 'qpsOfAll'
  return isThrottled ? oapi(660026, 'sending too many messages per minute') : oapiAnswer(name, context)
}

function notGranted({ scopes, clientId }: RefusalContext): string {
  const list = scopes.join(',')
  const link = `https://open-dev.dingtalk.com/appscope/apply?content=${clientId}%23${encodeURIComponent(list)}`
  return `应用尚未开通所需的权限：[${list}]，点击链接申请并开通即可：${link}`
}

function notAllowed({ address, clientId }: RefusalContext, more = ''): string {
  return `访问ip不在白名单之中${more},request ip=${address} appKey(${clientId})`
}

function tooManyOfApp({ path, ...context }: RefusalContext): string {
  const { at, until, limit } = banOf(context)
  return `您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了, apiPath(${path}), 从 ${at} 到 ${at} 请求总次数超过了 ${limit} 次, 处罚将在 ${until} 结束.`
}

function tooManyOfAll({ path, ...context }: RefusalContext): string {
  const { at, until, limit } = banOf(context)
  return `当前所有钉钉应用调用该接口次数过多，超出了该接口承受的最大qps，请求被暂时禁用了，建议错开整点时间调用该接口, apiPath(${apiName(path)}), 从 ${at} 到 ${at} 请求总次数超过 ${limit} 次, 限制将在 ${until} 结束.`
}

/** Calls a second of a standard organisation, where a fault strikes without any limit. */
const STANDARD_LIMIT = 20

/** The texts name the end of the ban, a second later. */
function banOf({ now, limit }: Pick<RefusalContext, 'now' | 'limit'>) {
  return {
    at: chinaTime(now),
    until: chinaTime(now + 1_000),
    limit: Number.isFinite(limit) ? limit : STANDARD_LIMIT,
  }
}

/** The name of a path below `/topapi/` in texts: `dingtalk.oapi.v2.user.get`. */
export function apiName(path: string): string {
  return path.replace(/^\/topapi/, 'dingtalk.oapi').replaceAll('/', '.')
}

/** `2026-09-03 00:01:02`, the time in which the platform counts. */
function chinaTime(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** The answer to a path or a method that there is none of: one for each style (live probes of 2026-09, CowAgent#2490). */
export function unknownPath({ method, path }: Pick<ApiRequest, 'method' | 'path'>): ApiAnswer {
  if (path.startsWith('/topapi/')) {
    const sub_msg = `不合法ApiName，ApiName = ${apiName(path)}`
    const body = { errcode: 22, sub_msg, errmsg: `Invalid method[${sub_msg}]`, request_id: requestId() }
    return { status: 200, body, contentType: 'application/json' }
  }
  if (/^\/v\d+\.\d+\//.test(path)) {
    return fail(404, 'InvalidAction.NotFound', 'Specified api is not found, please check your url and method.')
  }
  // What browsers ask for is no API.
  if (method === 'GET') return unproven(fail(404, 'InvalidAction.NotFound', 'There is no such page.'))
  return oapi(404, '请求的URI地址不存在')
}
