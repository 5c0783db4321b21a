import { afterEach, beforeEach, expect, test } from 'vitest'
import { createNetwork, type Network } from '../network/network.ts'
import { answering, answeringJson, startWebServer } from '../testing/web-server.ts'
import { createHttpClient, type HttpRequest } from './http.ts'

/** Requests sent with every message go without ky: each test asks both ways, and wants no difference. */

let network: Network

beforeEach(() => {
  network = createNetwork()
})

afterEach(() => network.close())

function bothWays(url: string, request: Partial<HttpRequest> = {}): Promise<unknown[]> {
  const http = createHttpClient({ network, ua: 'dingware/1.2.3', maxAnswer: 100 })
  const ask = (direct: boolean): Promise<unknown> =>
    http.request({ method: 'POST', url, direct, ...request }).then(
      ({ status, body, headers }) => ({ status, body, type: headers.get('content-type') }),
      (error: unknown) => ({ error }),
    )
  return Promise.all([ask(false), ask(true)])
}

test('the same request is sent', async () => {
  await using server = await startWebServer(answeringJson({ errcode: 0 }))
  await bothWays(`${server.url}/robot/sendBySession`, {
    query: { session: 'a+b/c=&%' },
    headers: { 'x-a': 'b' },
    json: { text: '你好' },
  })
  const [one, other] = server.requests
  expect(one?.body).toBe('{"text":"你好"}')
  expect(other).toEqual(one)
})

test.each([
  ['JSON', answeringJson({ errcode: 0, errmsg: 'ok' })],
  ['a refusal', answeringJson({ errcode: 300001, errmsg: 'session 不存在' })],
  ['a page', answering(502, '<html>no</html>')],
  ['nothing', answering(204)],
  ['more than may be read', answering(200, 'x'.repeat(101))],
])('the same comes back: %s', async (_what, answer) => {
  await using server = await startWebServer(answer)
  const [one, other] = await bothWays(server.url, { json: {} })
  expect(one).toBeDefined()
  expect(other).toEqual(one)
})

test('the same limit of time holds, and the same signal', async () => {
  await using server = await startWebServer(() => {})
  const late = await bothWays(server.url, { timeout: 20 })
  expect(late).toMatchObject([{ error: { name: 'TimeoutError' } }, { error: { name: 'TimeoutError' } }])
  const reason = new Error('no longer wanted')
  const controller = new AbortController()
  const asked = bothWays(server.url, { signal: controller.signal })
  controller.abort(reason)
  expect(await asked).toEqual([{ error: reason }, { error: reason }])
})
