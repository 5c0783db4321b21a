import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ApiError } from '../errors/errors.ts'
import { apiErrorOf } from './api-error.ts'

const CALL = { method: 'POST', url: 'https://api.dingtalk.com/v1.0/robot' }
const DENIED = 'Forbidden.AccessDenied.AccessTokenPermissionDenied'

afterEach(() => {
  vi.useRealTimers()
})

function errorOf(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  secrets: string[] = [],
): ApiError | undefined {
  return apiErrorOf({ status, headers: new Headers(headers), body }, CALL, () => secrets)
}

describe('an answer that is no error', () => {
  test.each<[status: number, body: unknown]>([
    [200, undefined],
    [204, undefined],
    [200, { processQueryKey: 'q' }],
    [200, { errcode: 0, errmsg: 'ok' }],
    [200, { errcode: '0', errmsg: 'ok' }],
    [200, { errcode: null }],
    [200, { status: 1111 }],
    [200, '<html></html>'],
    [200, ['errcode']],
    [200, null],
  ])('has status %i and the body %j', (status, body) => {
    expect(errorOf(status, body)).toBeUndefined()
  })
})

describe('an error of the v1.0 API', () => {
  test('gives its code, message and request id', () => {
    const error = errorOf(400, { code: 'InvalidAuthentication', message: '不合法的access_token。', requestid: 'r-1' })
    expect(error).toMatchObject({
      name: 'ApiError',
      status: 400,
      code: 'InvalidAuthentication',
      requestId: 'r-1',
      call: CALL,
    })
    expect(error?.message).toBe(
      'POST https://api.dingtalk.com/v1.0/robot was refused with InvalidAuthentication (HTTP 400): 不合法的access_token.',
    )
  })

  test.each(['requestid', 'requestId', 'request_id', 'RequestId'])('may spell the request id %s', name => {
    expect(errorOf(400, { code: 'x', [name]: 'r-2' })?.requestId).toBe('r-2')
    expect(errorOf(200, { errcode: 60121, [name]: 'r-2' })?.requestId).toBe('r-2')
  })

  test('names the permissions that are missing', () => {
    const body = {
      code: DENIED,
      message: '没有权限',
      accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg', 'Card.Write'] },
    }
    const error = errorOf(403, body)
    expect(error?.requiredScopes).toEqual(['qyapi_robot_sendmsg', 'Card.Write'])
    expect(error?.message).toMatch(
      /lacks the permission qyapi_robot_sendmsg, Card\.Write: grant it in the developer console/,
    )
  })

  test.each<[body: unknown, code: string]>([
    [{}, 'HTTP_500'],
    [undefined, 'HTTP_500'],
    [[], 'HTTP_500'],
    [null, 'HTTP_500'],
    [7, 'HTTP_500'],
    [{ code: 42, message: 7, requestid: {}, accessdenieddetail: 'none' }, '42'],
    [{ code: 'x', accessdenieddetail: { requiredScopes: 'all' } }, 'x'],
    [{ code: {}, message: [] }, 'HTTP_500'],
  ])('may be as strange as %j', (body, code) => {
    expect(errorOf(500, body)).toMatchObject({ status: 500, code, requiredScopes: [] })
  })

  test.each<[body: unknown, expected: object]>([
    [
      { Code: 'x', RequestId: 'r' },
      { code: 'x', requestId: 'r' },
    ],
    [
      { code: ' x ', 'request-id': 7 },
      { code: 'x', requestId: '7' },
    ],
    [
      { code: 'x', accessDeniedDetail: { requiredScopes: ['a.b', null, 7] } },
      { code: 'x', requiredScopes: ['a.b'] },
    ],
    [{ Code: 'other', code: 'x' }, { code: 'x' }],
  ])('is read in each spelling: %j', (body, expected) => {
    expect(errorOf(400, body)).toMatchObject(expected)
  })

  test.each<[body: object, code: string]>([
    [{ errcode: 88, subCode: '40014' }, '40014'],
    [{ errcode: '88', subcode: 90018 }, '90018'],
    [{ errcode: 88, sub_code: ' 40014 ' }, '40014'],
    [{ errcode: 88, sub_code: '', errmsg: 'ding talk error[subcode = 40014, submsg=x]' }, '40014'],
    [{ errcode: 88, sub_code: null, errmsg: 'ding talk error["sub_code":"90018"]' }, '90018'],
    [{ errcode: ' 88 ' }, '88'],
  ])('has the inner code of %j', (body, code) => {
    expect(errorOf(200, body)).toMatchObject({ code })
  })

  test('is no answer that says 0 with blanks, or has a like of errcode', () => {
    expect(errorOf(200, { errcode: ' 0 ' })).toBeUndefined()
    expect(errorOf(200, { errCode: 'SUCCESS' })).toBeUndefined()
  })
})

describe('an error of the old API', () => {
  test.each([200, 400])('is seen by its errcode, with status %i', status => {
    const error = errorOf(status, { errcode: 40014, errmsg: '不合法的access_token' })
    expect(error).toMatchObject({ status, code: '40014' })
    expect(error?.message).toContain(`was refused with 40014 (HTTP ${status}): 不合法的access_token.`)
  })

  test('is seen by an errcode that is a text', () => {
    expect(errorOf(200, { errcode: '310000', errmsg: 'sign not match' })?.code).toBe('310000')
  })

  test.each<[what: string, body: object]>([
    ['a text', { errcode: 88, sub_code: '40014', sub_msg: '不合法的access_token', errmsg: 'ding talk error' }],
    ['a number', { errcode: 88, sub_code: 40014, sub_msg: '不合法的access_token' }],
    ['a text, as its wrapper', { errcode: '88', sub_code: '40014', sub_msg: '不合法的access_token' }],
    ['in the text alone', { errcode: 88, errmsg: 'ding talk error[subcode=40014,submsg=不合法的access_token]' }],
  ])('has its inner code, which is %s', (_what, body) => {
    const error = errorOf(200, body)
    expect(error?.code).toBe('40014')
    expect(error?.message).toMatch(/was refused with 40014 \(HTTP 200\): .*不合法的access_token\]?\.$/)
  })

  test('tells the inner message once', () => {
    const sub_msg = '服务超时'
    const errmsg = `ding talk error[subcode=isv.timeout,submsg=${sub_msg}]`
    const error = errorOf(200, { errcode: 88, errmsg, sub_code: 'isv.timeout', sub_msg })
    expect(error?.message).toContain('was refused with isv.timeout (HTTP 200): 服务超时.')
  })

  test('has the code of the wrapper where there is none inside', () => {
    expect(errorOf(200, { errcode: 88, sub_code: '', errmsg: 'ding talk error' })?.code).toBe('88')
    expect(errorOf(200, { errcode: 88, sub_code: null })?.code).toBe('88')
  })

  test('has the code of the method itself, which is not wrapped', () => {
    const invalid = { errcode: 22, sub_msg: '不合法ApiName', errmsg: 'Invalid method[不合法ApiName]' }
    expect(errorOf(200, { errcode: 60121, errmsg: '找不到该用户' })?.code).toBe('60121')
    expect(errorOf(200, invalid)?.code).toBe('22')
    expect(errorOf(200, invalid)?.message).toContain(': Invalid method[不合法ApiName].')
  })

  test.each<[what: string, text: string]>([
    ['a list as JSON', 'no permission, {"requiredScopes": ["qyapi_a", "Contact.User.Read"]}'],
    ['a list', 'ding talk error[subcode=60011,submsg=…, {requiredScopes=[qyapi_a, Contact.User.Read]}]'],
    ['a link', '…：https://open-dev.dingtalk.com/appscope/apply?content=dingexample%23qyapi_a%2CContact.User.Read'],
    ['brackets', '应用尚未开通所需的权限：[qyapi_a,Contact.User.Read]，点击链接申请'],
    ['brackets, in English', 'The app has not been granted the required permissions: [qyapi_a, Contact.User.Read]'],
  ])('names in its text the permissions that are missing, in %s', (_what, text) => {
    const wrapped = errorOf(200, { errcode: 88, sub_code: '60011', sub_msg: text })
    expect(wrapped?.requiredScopes).toEqual(['qyapi_a', 'Contact.User.Read'])
    expect(wrapped?.message).toMatch(/lacks the permission qyapi_a, Contact\.User\.Read: grant it/)
    expect(errorOf(403, { code: DENIED, message: text })?.requiredScopes).toEqual(['qyapi_a', 'Contact.User.Read'])
  })

  test.each([
    ['60020', '访问ip不在白名单之中,request ip=192.0.2.4 appKey(dingexample)'],
    ['40035', '没有该会话的权限：[cidExample]'],
    ['60011', '没有调用该接口的权限'],
    ['60011', 'requiredScopes=[]'],
  ])('has no permissions where its text names none: %s %s', (sub_code, sub_msg) => {
    expect(errorOf(200, { errcode: 88, sub_code, sub_msg })?.requiredScopes).toEqual([])
  })

  test('tells the whole of an address that is not allowed', () => {
    const address = '2001:db8:85a3:0000:0000:8a2e:0370:7334'
    const sub_msg = `访问ip不在白名单之中，请参考FAQ：https://open.dingtalk.com/${'x'.repeat(200)},request ip=${address}`
    expect(errorOf(200, { errcode: 88, sub_code: '60020', sub_msg })?.message).toContain(address)
  })

  test('may be an address shut out', () => {
    const error = errorOf(200, { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'u' })
    expect(error).toMatchObject({ status: 200, code: '1111', retryAfter: 300_000 })
    expect(error?.message).toContain('too many requests came from this address')
  })
})

describe('an answer of somebody in between', () => {
  test('in HTML is told in its words, and where to look', () => {
    const page =
      '<!DOCTYPE html><html><head><style>b{color:red}</style><title>400</title></head>\n<b>plain HTTP\n request</b></html>'
    const error = errorOf(400, page)
    expect(error?.code).toBe('HTTP_400')
    expect(error?.message).toMatch(
      /\(HTTP 400\): 400 plain HTTP request\. The answer is a web page.*HTTPS_PROXY, NO_PROXY, `proxy`/,
    )
  })

  test('in XML is told in its words', () => {
    const error = errorOf(401, '<?xml version="1.0"?><error><code>authFailed</code><message>鉴权失败</message></error>')
    expect(error?.message).toMatch(/was refused with HTTP_401 \(HTTP 401\): authFailed 鉴权失败\.$/)
  })

  test.each([301, 302, 307, 308])('that redirects with %i is an error, because a login page is no answer', status => {
    const error = errorOf(status, undefined, { location: 'https://portal.test/login?ticket=abcdef' })
    expect(error?.code).toBe(`HTTP_${status}`)
    expect(error?.message).toMatch(/It points to portal\.test, but redirects are not followed/)
    expect(error?.message).not.toContain('abcdef')
  })

  test('that is empty is told by its status', () => {
    expect(errorOf(503, undefined)?.message).toBe(
      'POST https://api.dingtalk.com/v1.0/robot was refused with HTTP_503 (HTTP 503).',
    )
  })

  test.each<[what: string, body: unknown]>([
    ['a text', '長'.repeat(1e6)],
    ['tags that never close', '<'.repeat(1e6)],
    ['scripts that never close', '<script>'.repeat(1e5)],
    ['spaces', `x${' '.repeat(1e6)}x`],
    ['fields', { code: 'c'.repeat(1e6), message: 'm'.repeat(1e6), requestid: 'r'.repeat(1e6) }],
    ['permissions', { code: 'c', accessdenieddetail: { requiredScopes: Array(1e4).fill('s'.repeat(100)) } }],
  ])('may be huge, as with %s, but not in the error', (_what, body) => {
    // In quadratic time it would be an hour; the limit of a test tells.
    expect(JSON.stringify(errorOf(500, body)).length).toBeLessThan(10_000)
  })
})

describe('Retry-After', () => {
  test.each<[value: string, ms: number | undefined]>([
    ['120', 120_000],
    [' 0 ', 0],
    ['120, 120', 120_000],
    ['Sat, 22 Nov 2025 10:00:30 GMT', 30_000],
    ['Sat, 22 Nov 2025 09:59:00 GMT', undefined],
    ['99999999999', 86_400_000],
    ['Sat, 22 Nov 2125 10:00:00 GMT', 86_400_000],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
  ])('%j means %j ms', (value, ms) => {
    vi.useFakeTimers({ now: Date.parse('2025-11-22T10:00:00Z'), toFake: ['Date'] })
    expect(errorOf(429, {}, { 'retry-after': value })?.retryAfter).toBe(ms)
  })

  test('is kept for errors of the old API as well', () => {
    expect(errorOf(200, { errcode: 90018 }, { 'retry-after': '1' })?.retryAfter).toBe(1_000)
  })
})

test('secrets are masked wherever the answer repeats them', () => {
  const secret = 's3cret-value'
  const fields = { code: secret, message: `no ${secret}`, requestid: secret }
  const error = errorOf(400, { ...fields, accessdenieddetail: { requiredScopes: [secret] } }, {}, [secret])
  expect(JSON.stringify(error)).not.toContain(secret)
  expect(error?.message).not.toContain(secret)
})
