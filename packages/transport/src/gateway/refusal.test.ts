import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GatewayError } from '../errors/errors.ts'
import { createHttpClient } from '../http/http.ts'
import { createNetwork, type Network } from '../network/network.ts'
import { type Answerer, answering, answeringJson, startWebServer } from '../testing/web-server.ts'
import { openConnection } from './gateway.ts'

const SECRET = 'a-client-secret'

let network: Network

beforeEach(() => {
  network = createNetwork()
})

afterEach(() => network.close())

/** The error of a gateway that answers so. */
async function refusalOf(answer: Answerer): Promise<GatewayError> {
  await using server = await startWebServer(answer)
  const app = { clientId: 'dingabc', clientSecret: SECRET, subscriptions: [], ua: 'dingware/1.2.3' }
  return await openConnection(createHttpClient({ network }), { ...app, endpoint: server.url }).then(
    () => expect.unreachable('a connection was given'),
    error => error,
  )
}

describe('a refusal', () => {
  test.each<[what: string, answer: Answerer, expected: { code: string; fatal: boolean; says: RegExp }]>([
    [
      'a wrong credential',
      answeringJson({ requestid: 'r-1', code: 'authFailed', message: '鉴权失败' }, 401),
      {
        code: 'authFailed',
        fatal: true,
        says: /鉴权失败.*DINGTALK_CLIENT_ID.*DINGTALK_CLIENT_SECRET.*stray whitespace/,
      },
    ],
    [
      'an unknown app',
      answeringJson({ code: 'systemError', message: '系统错误' }, 400),
      { code: 'systemError', fatal: false, says: /wrong clientId.*not published.*not Stream/ },
    ],
    [
      'a malformed ua',
      answeringJson({ code: 'invalidParameter', message: 'ua invalid' }, 400),
      { code: 'invalidParameter', fatal: true, says: /ua invalid.*name\/version/ },
    ],
    [
      'an address that is not allowed',
      answeringJson({ code: 'Forbidden.AccessDenied.IpNotInWhiteList', message: 'no' }, 403),
      {
        code: 'Forbidden.AccessDenied.IpNotInWhiteList',
        fatal: false,
        says: /public address is not on the app's IP list/,
      },
    ],
    [
      'another v1.0 error',
      answeringJson({ code: 'Something.Else', message: 'no' }, 403),
      { code: 'Something.Else', fatal: false, says: /published.*Stream mode.*IP list/ },
    ],
    [
      'too many calls',
      answeringJson({ code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', message: 'qps' }, 403),
      {
        code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
        fatal: false,
        says: /wait before the next.*restarts in a loop/,
      },
    ],
    [
      'the page of a broken proxy',
      answering(400, '<html>\n<title>400 The plain HTTP request was sent to HTTPS port</title></html>'),
      {
        code: 'HTTP_400',
        fatal: false,
        says: /plain HTTP request was sent to HTTPS port\. The answer is a web page.*HTTPS_PROXY/,
      },
    ],
    [
      'XML',
      answering(401, '<?xml version="1.0"?><error><code>authFailed</code></error>'),
      { code: 'HTTP_401', fatal: false, says: /authFailed.*not the gateway's own words.*`endpoint`/ },
    ],
    ['a 503', answering(503), { code: 'HTTP_503', fatal: false, says: /HTTP 503.*usually passes: try again later/ }],
    [
      'an empty 403',
      answering(403),
      { code: 'HTTP_403', fatal: false, says: /not the gateway's own words.*HTTPS_PROXY/ },
    ],
    ['a wrong path', answering(404, 'Not Found'), { code: 'HTTP_404', fatal: false, says: /Not Found.*`endpoint`/ }],
    [
      'a login page',
      answering(302, '', { location: 'https://portal.test/login' }),
      { code: 'HTTP_302', fatal: false, says: /points to portal\.test/ },
    ],
    [
      'an errcode',
      answeringJson({ errcode: 40014, errmsg: 'bad' }),
      { code: '40014', fatal: false, says: /refused with 40014/ },
    ],
    [
      'an address shut out',
      answeringJson({ status: 1111, wait: 5, punish: 'deny' }),
      { code: '1111', fatal: false, says: /too many requests came from this address/ },
    ],
  ])('for %s says what to check', async (_what, answer, { code, fatal, says }) => {
    const error = await refusalOf(answer)
    expect(error).toBeInstanceOf(GatewayError)
    expect(error).toMatchObject({ code, fatal })
    expect(error.message).toMatch(/^The gateway gave no connection\. POST http:\/\/127\.0\.0\.1:\d+\/v1\.0\/gateway/)
    expect(error.message).toMatch(says)
  })

  test.each<[what: string, answer: Answerer]>([
    [
      'a permission that is missing',
      answeringJson({ code: 'Forbidden', accessdenieddetail: { requiredScopes: ['Stream.Open'] } }, 403),
    ],
    ['an address shut out', answeringJson({ status: 1111, wait: 5, punish: 'deny' })],
  ])('for %s adds no guesses to what the error says', async (_what, answer) => {
    expect((await refusalOf(answer)).message).not.toMatch(/Check|check/)
  })

  test('keeps what the platform says for support and for waiting', async () => {
    const error = await refusalOf(
      answering(429, JSON.stringify({ code: 'x', requestid: 'r-1' }), { 'retry-after': '7' }),
    )
    expect(error).toMatchObject({ status: 429, requestId: 'r-1', retryAfter: 7_000 })
  })

  test('that repeats the secret does not give it away', async () => {
    const error = await refusalOf((response, { body }) =>
      response.writeHead(400).end(JSON.stringify({ code: SECRET, message: `no ${body}`, requestid: SECRET })),
    )
    const prints = [error, error.cause].flatMap(error => [
      String(error),
      JSON.stringify(error),
      inspect(error, { depth: 9, showHidden: true }),
      inspect(error, { depth: 9, customInspect: false }),
    ])
    for (const print of prints) expect(print).not.toContain(SECRET)
  })
})
