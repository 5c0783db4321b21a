import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createNetwork, type Network } from '../network/network.ts'
import { answering, answeringJson, startWebServer } from '../testing/web-server.ts'
import { createHttpClient, type HttpClient, type HttpRequest } from './http.ts'
import type { HttpAnswer } from './http-answer.ts'

let network: Network
let http: HttpClient

beforeEach(() => {
  network = createNetwork()
  http = createHttpClient({ network })
})

afterEach(() => network.close())

function get(url: string, request: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
  return http.request({ method: 'GET', url, ...request })
}

describe('a request', () => {
  test('carries its JSON, its headers and its query', async () => {
    await using server = await startWebServer(answeringJson({}))
    await http.request({
      method: 'POST',
      url: `${server.url}/v1.0/robot?a=1`,
      query: { access_token: 'a+b/c=&%', page: 2, all: true, none: undefined },
      headers: { 'x-acs-dingtalk-access-token': 'token' },
      json: { text: '你好', nothing: null },
    })
    const [request] = server.requests
    expect(request).toMatchObject({
      method: 'POST',
      body: '{"text":"你好","nothing":null}',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'content-length': '32',
        'x-acs-dingtalk-access-token': 'token',
      },
    })
    const { pathname, searchParams } = new URL(request?.target ?? '', server.url)
    expect(pathname).toBe('/v1.0/robot')
    expect(Object.fromEntries(searchParams)).toEqual({ a: '1', access_token: 'a+b/c=&%', page: '2', all: 'true' })
  })

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)('may be a %s without a body', async method => {
    await using server = await startWebServer(answeringJson({}))
    await http.request({ method, url: server.url })
    expect(server.requests).toMatchObject([{ method, body: '' }])
    expect(server.requests[0]?.headers).not.toHaveProperty('content-type')
  })

  test('names its client by `ua`', async () => {
    await using server = await startWebServer(answeringJson({}))
    const named = createHttpClient({ network, ua: 'dingware/1.2.3' })
    await named.request({ method: 'GET', url: server.url })
    expect(server.requests[0]?.headers['user-agent']).toBe('dingware/1.2.3')
  })

  test.each(['机器人/1.0', 'bot/1\r\nx-evil: 1'])('cannot be made with the `ua` %j, which is said at once', ua => {
    expect(() => createHttpClient({ network, ua })).toThrow(/`ua` is a header of every request: it must be printable/)
  })

  test('may override the headers that it would have', async () => {
    await using server = await startWebServer(answeringJson({}))
    await get(server.url, { headers: { accept: 'text/plain' } })
    expect(server.requests[0]?.headers.accept).toBe('text/plain')
  })

  test('does not carry the fragment of its address', async () => {
    await using server = await startWebServer(answeringJson({}))
    await get(`${server.url}/a#secret`)
    expect(server.requests[0]?.target).toBe('/a')
  })
})

describe('an answer', () => {
  test('in JSON comes parsed, with its status and headers', async () => {
    await using server = await startWebServer(answering(201, '{"id":1}', { 'x-request-id': 'r1' }))
    const { status, headers, body } = await get(server.url)
    expect({ status, id: headers.get('X-Request-Id'), body }).toEqual({ status: 201, id: 'r1', body: { id: 1 } })
  })

  test.each<[what: string, body: string | Buffer, parsed: unknown]>([
    ['JSON behind a byte order mark', '\uFEFF{"id":1}', { id: 1 }],
    ['a JSON number', '42', 42],
    ['no JSON', 'OK', 'OK'],
    ['half a JSON', '{"id":', '{"id":'],
    ['HTML', '<html><body>hello</body></html>', '<html><body>hello</body></html>'],
    ['XML', '<?xml version="1.0"?><ok/>', '<?xml version="1.0"?><ok/>'],
    ['nothing', '', undefined],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), '\uFFFD\uFFFD'],
    ['UTF-8 cut in the middle of a character', Buffer.from('你好').subarray(0, 5), '你\uFFFD'],
  ])('that is %s does not fail', async (_what, body, parsed) => {
    await using server = await startWebServer(answering(200, body))
    expect((await get(server.url)).body).toEqual(parsed)
  })

  test('204 has no body', async () => {
    await using server = await startWebServer(answering(204))
    expect(await get(server.url)).toMatchObject({ status: 204, body: undefined })
  })

  test('that comes in pieces is put together', async () => {
    const pieces = [...Buffer.from('{"text":"你好"}')].map(byte => Buffer.from([byte]))
    await using server = await startWebServer(async response => {
      for (const piece of pieces) await new Promise(resolve => response.write(piece, resolve))
      response.end()
    })
    expect((await get(server.url)).body).toEqual({ text: '你好' })
  })

  test('keeps headers that come twice', async () => {
    await using server = await startWebServer(response =>
      response
        .writeHead(200, [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
          ['x-trace', 'one'],
          ['x-trace', 'two'],
        ])
        .end(),
    )
    const { headers } = await get(server.url)
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(headers.get('x-trace')).toBe('one, two')
  })

  test('may have headers in UTF-8', async () => {
    const name = Buffer.from('报告.pdf').toString('latin1')
    await using server = await startWebServer(answering(200, '{}', { 'content-disposition': `filename=${name}` }))
    const { headers } = await get(server.url)
    expect(Buffer.from(headers.get('content-disposition') ?? '', 'latin1').toString()).toBe('filename=报告.pdf')
  })

  test('after an interim answer is the one that counts', async () => {
    await using server = await startWebServer(response => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' })
      response.end('{"id":1}')
    })
    expect(await get(server.url)).toMatchObject({ status: 200, body: { id: 1 } })
  })
})
