import type { ApiCall } from '../api-call.ts'
import type { Failure } from './classify.ts'

/** The meaning of an answer of evidence/api.jsonl to whoever made the call. Written by hand, never from what the code gives. */
export interface Meaning {
  /** Default a `POST` of `/v1.0/robot/groupMessages/send`, which must not be done twice. */
  readonly call?: ApiCall
  /** The call that takes the place of this one. */
  readonly by?: 'token' | 'start' | 'send'
  /** Default `ApiError`. */
  readonly error?: string
  readonly code: string
  readonly requestId?: string
  readonly requiredScopes?: readonly string[]
  /** Other words of the error. */
  readonly says?: RegExp
  /** How often the platform is asked. Default 1: it is not repeated. */
  readonly tries?: number
  /** How many tokens are asked for. Default 1, and none for webhooks and what goes before tokens. */
  readonly tokens?: number
}

const ID = '01A08FE7-0000-7000-8000-000000000001'
const SEND = { method: 'POST', path: '/v1.0/robot/groupMessages/send' } as const
const GET = { method: 'GET', path: '/v1.0/contact/users/me' } as const
const FRAME = { method: 'PUT', path: '/v1.0/card/streaming' } as const
const topapi = (path: string): ApiCall => ({ method: 'POST', base: 'oapi', path: `/topapi/${path}` })
const old = (path: string): ApiCall => ({ method: 'GET', base: 'oapi', path })
/** Its address is that of the server. */
const SESSION = { method: 'POST', base: 'webhook', path: '/robot/sendBySession?session=s' } as const
const ROBOT = { method: 'POST', base: 'webhook', path: '/robot/send?access_token=t' } as const
const file = { method: 'POST', path: '/v1.0/robot/messageFiles/download', idempotent: true } as const
const inWebhook = (code: string, says?: RegExp): Meaning => ({ call: ROBOT, code, ...(says && { says }) })

/** Refusals that were captured. */
export const MEANINGS: Readonly<Record<string, Meaning>> = {
  // Tokens
  'token-bad-secret': { by: 'token', code: 'invalidClientIdOrSecret', requestId: ID, says: /clientSecret.*whitespace/ },
  'gettoken-bad-secret': { call: old('/gettoken'), code: '40096', says: /check clientId.*clientSecret/ },
  'gettoken-missing-params': { call: old('/gettoken'), code: '40035', says: /gettoken count in the query only/ },
  'corp-token-bad-corp-probe': {
    call: { method: 'POST', path: '/v1.0/oauth2/dingtest/token' },
    code: 'unknownError',
    requestId: ID,
    says: /nothing can be called with it.*a corpId that does not exist: check the corpId/,
    tries: 2,
  },
  'corp-access-token-bad-suite': {
    call: { method: 'POST', path: '/v1.0/oauth2/corpAccessToken' },
    code: 'invalidSuiteKey',
    requestId: ID,
  },
  'form-body-refused': { by: 'token', code: 'Missingbody', requestId: ID },
  'token-wrong-realm': { by: 'token', code: 'invalid_client', says: /realm.*dingtalk\.com or dingtalk\.io/ },

  // The gateway
  'gateway-auth-failed': {
    by: 'start',
    error: 'GatewayError',
    code: 'authFailed',
    requestId: 'ED203550-0000-7000-8000-000000000002',
    says: /DINGTALK_CLIENT_SECRET/,
  },
  'gateway-html-400': { by: 'start', error: 'GatewayError', code: 'HTTP_400', says: /web page/, tries: 3 },
  'gateway-503': { by: 'start', error: 'GatewayError', code: 'HTTP_503', says: /usually passes/, tries: 3 },

  // Every API
  'errcode-body-on-new-host': { code: '404' },
  'unknown-v1-path': { code: 'InvalidAction.NotFound', requestId: ID },
  'v1-bad-token': {
    code: 'InvalidAuthentication',
    requestId: '30EE8654-0000-7000-8000-000000000003',
    tries: 2,
    tokens: 2,
  },
  'v1-missing-token': {
    code: 'AuthenticationFailed.MissingParameter',
    requestId: '01A0900B-0000-7000-8000-000000000004',
  },
  'v1-permission': {
    code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    requestId: '3579DCC5-0000-7000-8000-000000000005',
    requiredScopes: ['Contact.User.Read'],
    says: /lacks the permission Contact\.User\.Read: grant it/,
    tries: 2,
    tokens: 2,
  },
  'v1-permission-2026': {
    code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    requestId: '019F419C-0000-7000-8000-000000000006',
    requiredScopes: ['Document.AIAssistant.Read'],
    tries: 2,
    tokens: 2,
  },
  'v1-ip': {
    code: 'Forbidden.AccessDenied.IpNotInWhiteList',
    requestId: '3579DCC5-0000-7000-8000-000000000007',
    says: /192\.0\.2\.4.*add it to the list/,
  },
  'v1-qps': { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', requestId: '…', tries: 4 },
  'v1-429-card': { call: FRAME, code: 'HTTP_429', tries: 4 },
  'system-error-at-400': { code: 'system.error', requestId: ID, says: /may have been done.*not repeated/ },
  'streaming-500': { call: FRAME, code: 'unknownError', requestId: ID, tries: 2 },
  'ip-ban': { call: GET, code: '1111', says: /shut out for minutes/ },

  // The old API
  'unknown-topapi-path': { call: topapi('v2/user/notexist'), code: '22', requestId: '15r2example01' },
  'topapi-bad-token': { call: topapi('v2/user/get'), code: '40014', requestId: '16l4example02', tries: 2, tokens: 2 },
  'topapi-missing-token': { call: topapi('v2/user/get'), code: '40000', says: /access_token is blank/ },
  'oapi-plain-bad-token': { call: old('/microapp/list'), code: '40014', tries: 2, tokens: 2 },
  'oapi-plain-throttle': { call: old('/user/list'), code: '90002', says: /2019-02-13 20:40:05/, tries: 4 },
  'topapi-throttle-90018': { call: topapi('v2/user/get'), code: '90018', requestId: '15r2example04', tries: 4 },
  'topapi-throttle-90002': {
    call: topapi('v2/department/listsub'),
    code: '90002',
    requestId: '16l4example05',
    says: /2026-09-03 00:01:03/,
    tries: 4,
  },
  'topapi-permission': {
    call: topapi('v2/department/listsub'),
    code: '60011',
    requestId: '16l4example06',
    requiredScopes: ['qyapi_get_department_list'],
    says: /lacks the permission qyapi_get_department_list: grant it/,
    tries: 2,
    tokens: 2,
  },
  'topapi-ip': {
    call: topapi('v2/user/get'),
    code: '60020',
    requestId: '16l4example07',
    says: /192\.0\.2\.4.*add it to the list/,
  },
  'topapi-user-not-found': { call: topapi('v2/user/get'), code: '60121', requestId: '15r2example08' },
  'media-upload-type-in-url': { call: { method: 'POST', base: 'oapi', path: '/media/upload' }, code: '40004' },

  // Webhooks
  'session-webhook-expired': { call: SESSION, code: '300001', says: /webhook is dead.*newer one/ },
  'session-webhook-voice': { call: SESSION, code: '400105' },
  'session-webhook-token-mismatch': { call: SESSION, code: '(not shown)', says: /机器人权限校验不通过/ },
  'custom-robot-unknown-token': inWebhook('300005', /webhook is dead/),
  'custom-robot-300001-new-text': inWebhook('300001', /webhook is dead/),
  'custom-robot-missing-token': inWebhook('40035', /check it/),
  'custom-robot-get': { call: { ...ROBOT, method: 'GET' }, code: '43002' },
  'webhook-throttle-130101': inWebhook('130101', /20 messages a minute.*wait/),
  'webhook-throttle-660026': inWebhook('660026', /20 messages a minute.*wait/),
  'webhook-310000-old': inWebhook('310000', /signature \(加签\)/),
  'webhook-310000-new': inWebhook('310000', /keyword \(自定义关键词\)/),
  'webhook-missing-field-400201': inWebhook('400201'),
  'webhook-missing-field-400401': inWebhook('400401'),
  'webhook-missing-field-400402': inWebhook('400402'),
  'webhook-missing-field-400602': inWebhook('400602'),
  'webhook-missing-field-401102': inWebhook('401102'),
  'webhook-missing-field-401104': inWebhook('401104'),
  'webhook-robot-stopped': inWebhook('400102', /switch it on/),
  'webhook-system-error': inWebhook('500100', /may have been done.*not repeated/),
  'webhook-too-long': inWebhook('460101'),

  // The robot, files, people
  'batchsend-unknown-user': { by: 'send', error: 'SendError', code: 'ERR_NOT_REACHED', says: /1 of 1.*no such userId/ },
  'robot-not-exist': { call: SEND, code: 'resource.not.found', requestId: ID, says: /check `robotCode`/ },
  'file-download-bad-code': { call: file, code: 'invalidParameter.robotCode.downloadCode', requestId: ID },
  'file-download-picture-code': { call: file, code: 'unknownError', requestId: ID, tries: 4 },
  'contact-users-doc': { call: GET, code: 'invalidParameter.user.notFound', requestId: ID },
}

/** Answers that were captured and are no refusals: they are given as they are. */
export const FINE: ReadonlySet<string> = new Set([
  'topapi-getbyunionid-ok',
  'custom-robot-doc',
  'batchsend-answer-model',
  'sample-image-mediaid',
  'ding-failed-list',
  'read-status',
  'file-download-ok',
  'media-upload-ok',
  'space-query',
])

/** Lines that tell of an answer, or of something else, and show none. */
export const TOLD: ReadonlySet<string> = new Set([
  'token-stale-after-grant',
  'private-hosts',
  'session-webhook-file',
  'session-webhook-image',
  'webhook-image-probe-agent',
  'quote-by-mcp',
  'emotion-live',
  'off-duty',
  'webhook-400007',
  'media-txt',
  'media-md',
  'media-html',
  'media-ogg',
  'user-get-permission',
])

/** Codes that pages and reports list: what each says about another try. A code that is not here is final. */
export const PASSING: Readonly<Record<string, Exclude<Failure, 'final'>>> = {
  'qps.exceed.limit': 'throttled',
  'request.limit': 'throttled',
  'request.too.fast': 'throttled',
  'request.too.tast': 'throttled',
  'request.too.frequent': 'throttled',
  'request.overlimit': 'throttled',
  'oaplus.query.limit': 'throttled',
  'toomuch.msg': 'throttled',
  'system.busy': 'throttled',
  systemBusy: 'throttled',
  serviceBusy: 'throttled',
  '410100': 'throttled',
  'server.error': 'unknown',
  systemError: 'unknown',
  unknownError: 'unknown',
  'unknown.send.result': 'unknown',
}

/** Lines that list codes, and how many. A new code needs a look at what it says. */
export const LISTED: Readonly<Record<string, number>> = {
  'corp-token-errors-doc': 4,
  'corp-access-token-doc': 3,
  'v1-throttle-codes-doc': 16,
  'v1-quota-doc': 2,
  'webhook-throttle-410100-doc': 1,
  'ding-errors': 6,
  'read-status': 3,
  'recall-errors': 5,
  'group-robots-query': 3,
  'space-query': 7,
}
