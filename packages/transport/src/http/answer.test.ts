import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ApiError } from '../errors/errors.ts'
import { apiErrorOf } from './answer.ts'

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

  test('may spell it requestId', () => {
    expect(errorOf(400, { code: 'x', requestId: 'r-2' })?.requestId).toBe('r-2')
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

  test('tells the inner code and message once', () => {
    const inner = { sub_code: 'isv.timeout', sub_msg: '服务超时' }
    expect(errorOf(200, { errcode: 88, errmsg: 'ding talk error', ...inner })?.message).toContain(
      ': ding talk error isv.timeout 服务超时.',
    )
    expect(errorOf(200, { errcode: 88, errmsg: 'error[isv.timeout, 服务超时]', ...inner })?.message).toContain(
      ': error[isv.timeout, 服务超时].',
    )
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
