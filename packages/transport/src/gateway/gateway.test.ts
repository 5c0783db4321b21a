import { inspect } from 'node:util'
import { createSimulator } from '@dingware/simulator'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GatewayError, NetworkError, TimeoutError } from '../errors/errors.ts'
import { createHttpClient, type HttpClient } from '../http/http.ts'
import { createNetwork, type Network } from '../network/network.ts'
import { findClosedPort } from '../testing/tcp-server.ts'
import { type Answerer, answering, answeringJson, startWebServer } from '../testing/web-server.ts'
import { type GatewayRequest, openConnection, type Ticket } from './gateway.ts'

const SECRET = 'a-client-secret'
const REQUEST = {
  clientId: 'dingabc',
  clientSecret: SECRET,
  subscriptions: [
    { type: 'EVENT', topic: '*' },
    { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' },
  ],
  ua: 'dingware/1.2.3',
} as const
const GRANT = { endpoint: 'wss://stream.dingtalk.test:443/connect', ticket: 'a-ticket' }

let network: Network
let http: HttpClient

beforeEach(() => {
  network = createNetwork()
  http = createHttpClient({ network, ua: REQUEST.ua })
})

afterEach(() => network.close())

function open(endpoint: string, request: Partial<GatewayRequest> = {}): Promise<Ticket> {
  return openConnection(http, { ...REQUEST, endpoint, ...request })
}

/** The error of a gateway that answers so. */
async function refusalOf(answer: Answerer): Promise<GatewayError> {
  await using server = await startWebServer(answer)
  return await open(server.url).then(
    () => expect.unreachable('a connection was given'),
    error => error,
  )
}

describe('the gateway call', () => {
  test('is a POST of JSON that wants JSON, with the fields of the protocol', async () => {
    await using server = await startWebServer(answeringJson(GRANT))
    await open(server.url, { localIp: '10.0.0.12' })
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      target: '/v1.0/gateway/connections/open',
      headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'dingware/1.2.3' },
    })
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ ...REQUEST, localIp: '10.0.0.12' })
  })

  test('tells an address of this machine that is not loopback, or none', async () => {
    await using server = await startWebServer(answeringJson(GRANT))
    await open(server.url)
    const { localIp = '10.0.0.1' } = JSON.parse(server.requests[0]?.body ?? '')
    expect(localIp).toMatch(/^(?!127\.)\d+\.\d+\.\d+\.\d+$/)
  })

  test.each([
    ['', '/v1.0/gateway/connections/open'],
    ['/', '/v1.0/gateway/connections/open'],
    ['//', '/v1.0/gateway/connections/open'],
    ['/dingtalk', '/dingtalk/v1.0/gateway/connections/open'],
    ['/dingtalk/?route=a%2Fb', '/dingtalk/v1.0/gateway/connections/open?route=a%2Fb'],
  ])('goes for the endpoint that ends in "%s" to %s', async (suffix, target) => {
    await using server = await startWebServer(answeringJson(GRANT))
    await open(`${server.url}${suffix}`)
    expect(server.requests[0]?.target).toBe(target)
  })

  test.each(['api.dingtalk.com', 'wss://api.dingtalk.com', '', 'https://'])(
    'is not made to the endpoint %j, which no retry can mend',
    async endpoint => {
      const error = await open(endpoint).catch(error => error)
      expect(error).toBeInstanceOf(GatewayError)
      expect(error).toMatchObject({ code: 'ERR_ENDPOINT', fatal: true })
      expect(error.message).toMatch(/DINGTALK_OPENAPI_ENDPOINT.*it must look like https:\/\/api\.dingtalk\.com/)
    },
  )

  test('breaks no rule of the simulator', async () => {
    await using sim = await createSimulator()
    const { clientId, clientSecret } = sim
    const { url } = await open(sim.url, { clientId, clientSecret })
    expect(url.protocol).toBe('ws:')
    expect(sim.violations).toEqual([])
  })
})

describe('the answer', () => {
  test('is the address to connect to, with the ticket', async () => {
    await using server = await startWebServer(answeringJson(GRANT))
    const { url, ticket } = await open(server.url)
    expect(ticket).toBe('a-ticket')
    expect(url.href).toBe('wss://stream.dingtalk.test/connect?ticket=a-ticket')
  })

  test.each([
    ['wss://s.test', 'wss://s.test/?ticket=t'],
    ['wss://s.test/', 'wss://s.test/?ticket=t'],
    ['wss://s.test/connect/', 'wss://s.test/connect/?ticket=t'],
    ['wss://s.test/connect?', 'wss://s.test/connect?ticket=t'],
    ['wss://s.test/connect?zone=a%2Fb+c~&x', 'wss://s.test/connect?zone=a%2Fb+c~&x&ticket=t'],
    ['wss://s.test/connect#part', 'wss://s.test/connect?ticket=t'],
    ['WSS://s.test/connect', 'wss://s.test/connect?ticket=t'],
    ['ws://[::1]:7788/connect', 'ws://[::1]:7788/connect?ticket=t'],
  ])('may be the endpoint %s, which stays as it is: %s', async (endpoint, address) => {
    await using server = await startWebServer(answeringJson({ endpoint, ticket: 't' }))
    expect((await open(server.url)).url.href).toBe(address)
  })

  test('may have any ticket, which every way of decoding gives back', async () => {
    let ticket = ''
    await using server = await startWebServer(response => response.end(JSON.stringify({ ...GRANT, ticket })))
    const check = async (text: string): Promise<void> => {
      ticket = text
      const { url } = await open(server.url)
      const [name, encoded = ''] = url.search.slice(1).split('=')
      expect(name).toBe('ticket')
      expect(decodeURIComponent(encoded)).toBe(text)
      expect(new URLSearchParams(url.search).get('ticket')).toBe(text)
    }
    await check('+/=&%')
    await check('a b?c#d%20e')
    await fc.assert(fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), check), { numRuns: 50 })
  })

  test.each<[what: string, answer: Answerer]>([
    ['empty', answering(200)],
    ['HTML', answering(200, '<html>login</html>', { 'content-type': 'text/html' })],
    ['XML', answering(200, '<?xml version="1.0"?><endpoint>wss://x</endpoint>')],
    ['a list', answeringJson([GRANT])],
    ['null', answeringJson(null)],
    ['without a ticket', answeringJson({ endpoint: GRANT.endpoint })],
    ['with an empty ticket', answeringJson({ ...GRANT, ticket: '' })],
    ['with a ticket that is no text', answeringJson({ ...GRANT, ticket: 7 })],
    ['without an endpoint', answeringJson({ ticket: 't' })],
    ['with an endpoint that is no address', answeringJson({ ...GRANT, endpoint: 'stream.dingtalk.test/connect' })],
    ['with an endpoint that is no WebSocket', answeringJson({ ...GRANT, endpoint: 'https://stream.dingtalk.test' })],
  ])('that is %s gives an error that says whom to suspect', async (_what, answer) => {
    const error = await refusalOf(answer)
    expect(error).toBeInstanceOf(GatewayError)
    expect(error).toMatchObject({ code: 'ERR_GATEWAY_ANSWER', status: 200, fatal: false })
    expect(error.message).toMatch(
      /has no usable endpoint and ticket\. Check that 127\.0\.0\.1:\d+ is DingTalk's OpenAPI/,
    )
    expect(inspect(error, { depth: 9 })).not.toContain('a-ticket')
  })
})

describe('no answer', () => {
  test('because nobody listens is a NetworkError', async () => {
    await expect(open(`http://127.0.0.1:${await findClosedPort()}`)).rejects.toThrow(NetworkError)
  })

  test('in time is a TimeoutError', async () => {
    await using server = await startWebServer(() => {})
    await expect(open(server.url, { timeout: 40 })).rejects.toThrow(TimeoutError)
  })

  test('before the signal aborts is its reason', async () => {
    const controller = new AbortController()
    await using server = await startWebServer(() => controller.abort('stopped'))
    await expect(open(server.url, { signal: controller.signal })).rejects.toBe('stopped')
  })
})
