import { Agent } from 'node:http'
import { networkInterfaces } from 'node:os'
import { createSimulator } from '@dingware/simulator'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Certificate, createCertificate } from '../testing/certificate.ts'
import { connectClient, createClient, FAST, type TestClient, type TestOptions, until } from '../testing/client.ts'
import { type ProxyOptions, startProxy } from '../testing/proxy.ts'
import { stubProxyEnvironment } from '../testing/proxy-environment.ts'
import { type RawGateway, startRawGateway } from '../testing/raw-gateway.ts'
import { findClosedPort, startTcpServer } from '../testing/tcp-server.ts'
import { startTlsServer, type TlsServer } from '../testing/tls-server.ts'

const HAS_IPV6 = Object.values(networkInterfaces()).some(list => list?.some(({ address }) => address === '::1'))
/** Names that no DNS knows: only the proxies of these tests lead there. */
const GATEWAY = 'gateway.dingtalk.test'
const STREAM = 'stream.dingtalk.test'

let certificate: Certificate
let gateway: RawGateway
let tls: TlsServer
let endpoint: string
let handshakeHeaders: Record<string, unknown>

beforeAll(async () => {
  certificate = await createCertificate(GATEWAY, STREAM, 'localhost', 'api.dingtalk.io')
})

beforeEach(async () => {
  stubProxyEnvironment()
  endpoint = `wss://${STREAM}/connect`
  gateway = await startRawGateway({
    answer: () => ({ status: 200, text: JSON.stringify({ endpoint, ticket: 'a-ticket' }) }),
    onHandshake(_stream, { headers }) {
      handshakeHeaders = headers
      return false
    },
  })
  tls = await startTlsServer(certificate, Number(new URL(gateway.url).port))
})

afterEach(async () => {
  await tls[Symbol.asyncDispose]()
  await gateway[Symbol.asyncDispose]()
})

function clientOf(options: TestOptions): TestClient {
  const patient = { gatewayTimeout: 5_000, handshakeTimeout: 5_000 }
  const trust = { tls: { ca: certificate.cert } }
  return createClient(gateway, { ...FAST, ...patient, ...trust, endpoint: `https://${GATEWAY}`, ...options })
}

/** Starts a client that cannot succeed, and gives what it complains about first. */
async function complaintOf(options: TestOptions): Promise<string> {
  await using client = clientOf(options)
  const started = expect(client.start()).rejects.toMatchObject({ code: 'ERR_STOPPED' })
  await until(() => client.log.complaints.length > 0)
  await client.stop()
  await started
  return client.log.complaints[0] ?? ''
}

describe('the gateway call and the socket', () => {
  test('go through HTTPS_PROXY, which looks up both names', async () => {
    await using proxy = await startProxy({ port: tls.port })
    stubProxyEnvironment({ HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost,.example.com' })
    await using client = clientOf({})
    await client.start()
    expect(proxy.targets).toEqual([`${GATEWAY}:443`, `${STREAM}:443`])
    expect(gateway.sockets).toHaveLength(1)
  })

  test('go through HTTP_PROXY where their addresses have no TLS', async () => {
    endpoint = `ws://${STREAM}:8080/connect`
    await using proxy = await startProxy({ port: Number(new URL(gateway.url).port) })
    stubProxyEnvironment({ HTTP_PROXY: proxy.url })
    await using client = clientOf({ endpoint: `http://${GATEWAY}` })
    await client.start()
    expect(proxy.targets).toEqual([`${GATEWAY}:80`, `${STREAM}:8080`])
  })

  test('go through the `proxy` option, with the credential of its address', async () => {
    await using proxy = await startProxy({ port: tls.port, credential: 'user:p@ss' })
    await using client = clientOf({ proxy: proxy.url.replace('://', '://user:p%40ss@') })
    await client.start()
    expect(proxy.targets).toEqual([`${GATEWAY}:443`, `${STREAM}:443`])
    await client.stop()
    expect(JSON.stringify(client.log.entries)).not.toMatch(/p@ss|p%40ss/)
  })

  test('reach loopback without the proxy of the environment', async () => {
    endpoint = `${gateway.url.replace('http', 'ws')}/connect`
    stubProxyEnvironment({ HTTP_PROXY: `http://127.0.0.1:${await findClosedPort()}` })
    await using client = clientOf({ endpoint: gateway.url })
    await client.start()
    expect(gateway.sockets).toHaveLength(1)
  })

  test('reach another host by `endpoint`, as that overseas', async () => {
    endpoint = 'wss://api.dingtalk.io/connect'
    await using proxy = await startProxy({ port: tls.port })
    await using client = clientOf({ endpoint: 'https://api.dingtalk.io/', proxy: proxy.url })
    await client.start()
    expect(proxy.targets).toEqual(['api.dingtalk.io:443', 'api.dingtalk.io:443'])
  })

  test.runIf(HAS_IPV6)('reach IPv6 addresses', async () => {
    await using sim = await createSimulator({ host: '::1' })
    await using client = await connectClient(sim)
    expect(sim.url).toContain('[::1]')
    expect(client.state).toBe('online')
  })
})

describe('`ws` options', () => {
  test('reach the handshake', async () => {
    await using proxy = await startProxy({ port: tls.port })
    await using client = clientOf({
      proxy: proxy.url,
      ws: { headers: { 'x-route': 'blue' }, origin: 'https://bot.test' },
    })
    await client.start()
    expect(handshakeHeaders).toMatchObject({ 'x-route': 'blue', origin: 'https://bot.test' })
  })

  test('may bring an agent of their own', async () => {
    endpoint = `ws://${STREAM}/connect`
    const { port } = new URL(gateway.url)
    const agent = new Agent()
    const connect = agent.createConnection
    agent.createConnection = (options, callback) =>
      connect.call(agent, { ...options, host: '127.0.0.1', port }, callback)
    await using proxy = await startProxy({ port: tls.port })
    await using client = clientOf({ proxy: proxy.url, ws: { agent } })
    await client.start()
    expect(proxy.targets).toEqual([`${GATEWAY}:443`])
  })

  test('may bring an authority of their own, which counts through a proxy too', async () => {
    await using proxy = await startProxy({ port: tls.port })
    stubProxyEnvironment({ HTTPS_PROXY: proxy.url })
    const http = { request: async () => ({ status: 200, headers: new Headers(), body: { endpoint, ticket: 't' } }) }
    await using client = clientOf({ http, tls: undefined, ws: { ca: certificate.cert } })
    await client.start()
    expect(gateway.sockets).toHaveLength(1)
  })
})

describe('a proxy', () => {
  test('that is down is named, with what to check', async () => {
    const complaint = await complaintOf({ proxy: `http://user:hunter22@127.0.0.1:${await findClosedPort()}` })
    expect(complaint).toMatch(/tunnel to gateway\.dingtalk\.test:443 through the proxy 127\.0\.0\.1:\d+.*ECONNREFUSED/)
    expect(complaint).toContain('HTTPS_PROXY')
    expect(complaint).not.toContain('hunter22')
  })

  test('that wants a credential says so', async () => {
    await using proxy = await startProxy({ credential: 'user:password' })
    expect(await complaintOf({ proxy: proxy.url })).toMatch(/HTTP 407\. It wants a user name and a password/)
  })

  test('that refuses the socket alone is named too', async () => {
    const refuseSockets: ProxyOptions['onConnect'] = (socket, { url }) =>
      url?.startsWith(STREAM) && socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    await using proxy = await startProxy({ port: tls.port, onConnect: refuseSockets })
    expect(await complaintOf({ proxy: proxy.url })).toMatch(
      /refused a tunnel to stream\.dingtalk\.test:443 with HTTP 403/,
    )
  })

  test('that says nothing costs no more than the limit of the gateway call', async () => {
    await using mute = await startTcpServer()
    const complaint = await complaintOf({ proxy: `http://127.0.0.1:${mute.port}`, gatewayTimeout: 50 })
    expect(complaint).toMatch(/given up after 50 ms/)
    await mute.deserted()
  })

  test('that says nothing about the socket costs no more than the limit of the handshake', async () => {
    await using proxy = await startProxy({ port: tls.port, onConnect: (_, { url }) => url?.startsWith(STREAM) })
    expect(await complaintOf({ proxy: proxy.url, handshakeTimeout: 50 })).toMatch(/stream\.dingtalk\.test.*50 ms/)
  })

  test('that comes back is used again', async () => {
    let isUp = false
    await using proxy = await startProxy({ port: tls.port, onConnect: () => !isUp })
    await using client = clientOf({ proxy: proxy.url, gatewayTimeout: 200 })
    const started = client.start()
    await until(() => client.log.complaints.length > 0)
    isUp = true
    await started
    expect(gateway.sockets).toHaveLength(1)
  })

  test('that is no address ends start() at once', async () => {
    await using client = clientOf({ proxy: 'proxy:3128' })
    await expect(client.start()).rejects.toThrow(/^`proxy` is no address of an HTTP proxy/)
  })
})

describe('an unknown authority', () => {
  test('of the gateway leads to `tls.ca`', async () => {
    const complaint = await complaintOf({ endpoint: `https://localhost:${tls.port}`, tls: undefined })
    expect(complaint).toMatch(/POST https:\/\/localhost:\d+\/v1\.0\/gateway.*self-signed certificate.*`tls\.ca`/)
  })

  test('of the socket leads to `tls.ca`', async () => {
    endpoint = `wss://localhost:${tls.port}/connect`
    const complaint = await complaintOf({ endpoint: gateway.url, tls: undefined })
    expect(complaint).toMatch(/localhost:\d+.*self-signed certificate.*`tls\.ca`/)
  })
})
