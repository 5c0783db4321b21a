import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { NetworkError } from '../errors/errors.ts'
import { createHttpClient } from '../http/http.ts'
import type { HttpAnswer } from '../http/http-answer.ts'
import { type Certificate, createCertificate } from '../testing/certificate.ts'
import { startProxy } from '../testing/proxy.ts'
import { startRawGateway } from '../testing/raw-gateway.ts'
import { startTcpServer } from '../testing/tcp-server.ts'
import { startTlsServer } from '../testing/tls-server.ts'
import { answeringJson, startWebServer } from '../testing/web-server.ts'
import { createDeferred } from '../utils/deferred.ts'
import { createNetwork, type Network, type NetworkOptions } from './network.ts'

const HAS_IPV6 = Object.values(networkInterfaces()).some(list => list?.some(({ address }) => address === '::1'))

let certificate: Certificate
const networks: Network[] = []

beforeAll(async () => {
  certificate = await createCertificate('localhost', 'api.dingtalk.io')
})

afterEach(async () => {
  await Promise.all(networks.splice(0).map(network => network.close()))
})

function networkWith(options: NetworkOptions = {}): Network {
  const network = createNetwork(options)
  networks.push(network)
  return network
}

function get(network: Network, url: string, signal?: AbortSignal): Promise<HttpAnswer> {
  return createHttpClient({ network }).request({ method: 'GET', url, signal })
}

async function openSocket(network: Network, url: string): Promise<void> {
  const agent = network.agentFor(new URL(url))
  const socket = new WebSocket(url, agent ? { agent } : {})
  await once(socket, 'open')
  socket.close()
  await once(socket, 'close')
}

describe('connections of HTTP', () => {
  test('are kept and used again', async () => {
    await using server = await startWebServer(answeringJson({}))
    const network = networkWith()
    for (let call = 0; call < 5; call++) await get(network, server.url)
    expect(server.requests).toHaveLength(5)
    expect(server.connections).toBe(1)
  })

  test('are as many as there are requests at once, and no more', async () => {
    await using server = await startWebServer(answeringJson({}))
    const network = networkWith()
    for (let round = 0; round < 3; round++) await Promise.all(Array.from({ length: 4 }, () => get(network, server.url)))
    expect(server.connections).toBe(4)
  })

  test('are kept through a proxy and TLS as well', async () => {
    await using server = await startWebServer(answeringJson({}))
    await using tls = await startTlsServer(certificate, server.port)
    await using proxy = await startProxy()
    const network = networkWith({ proxy: proxy.url, tls: { ca: certificate.cert } })
    for (let call = 0; call < 3; call++) await get(network, `https://localhost:${tls.port}`)
    expect(proxy.targets).toEqual([`localhost:${tls.port}`])
    expect(server.connections).toBe(1)
  })

  test.runIf(HAS_IPV6)('reach IPv6 addresses, directly and through a proxy', async () => {
    await using server = await startWebServer(answeringJson({}), '::1')
    await using proxy = await startProxy({ host: '::1' })
    await get(networkWith(), server.url)
    await get(networkWith({ proxy: proxy.url }), server.url)
    expect(server.requests).toHaveLength(2)
    expect(proxy.targets).toEqual([`[::1]:${server.port}`])
  })

  test('are made anew after the pools were closed', async () => {
    await using server = await startWebServer(answeringJson({}))
    const network = networkWith()
    await get(network, server.url)
    await network.close()
    await get(network, server.url)
    expect(server.connections).toBe(2)
  })
})

describe('closing the network', () => {
  test('fails the requests that run', async () => {
    await using server = await startWebServer(() => network.close())
    const network = networkWith()
    await expect(get(network, server.url)).rejects.toThrow(NetworkError)
  })

  test.each(['http', 'https', 'proxy', 'socket'] as const)(
    'gives up a connection that is being made: %s',
    async way => {
      const accepted = createDeferred()
      await using mute = await startTcpServer(() => accepted.resolve())
      const address = `127.0.0.1:${mute.port}`
      const isProxy = way === 'proxy' || way === 'socket'
      // Longer than this test may take: nothing but the closing ends the wait.
      const network = networkWith({ connectTimeout: 60_000, ...(isProxy ? { proxy: `http://${address}` } : {}) })
      const attempt = {
        http: () => get(network, `http://${address}`),
        https: () => get(network, `https://${address}`),
        proxy: () => get(network, 'https://api.dingtalk.test'),
        socket: () => openSocket(network, 'wss://stream.dingtalk.test'),
      }
      const failed = expect(attempt[way]()).rejects.toThrow()
      await accepted.promise
      await network.close()
      await failed
      await mute.deserted()
    },
  )
})

describe('a pool', () => {
  const url = new URL('https://api.dingtalk.com/')

  test('is one for all who ask for it at the same time', async () => {
    const network = networkWith()
    const [first, second] = await Promise.all([network.dispatcherFor(url), network.dispatcherFor(url)])
    expect(second).toBe(first)
  })

  test('that is still being made when the network closes is closed as well', async () => {
    const network = networkWith()
    const pool = network.dispatcherFor(url)
    await network.close()
    expect(await pool).toMatchObject({ destroyed: true })
    expect(await network.dispatcherFor(url)).toMatchObject({ destroyed: false })
  })

  test('is refused at once when the proxy of the environment is none', () => {
    vi.stubEnv('https_proxy', 'socks5://127.0.0.1:1080')
    const network = networkWith()
    expect(() => network.dispatcherFor(url)).toThrow(RangeError)
  })
})

describe('TLS', () => {
  test('is refused by an unknown authority, and the error names `tls.ca`', async () => {
    await using server = await startWebServer(answeringJson({}))
    await using tls = await startTlsServer(certificate, server.port)
    const error = await get(networkWith(), `https://localhost:${tls.port}`).catch(error => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: expect.stringContaining('`tls.ca`') })
    expect(server.requests).toHaveLength(0)
  })

  test('accepts an authority given as `tls.ca`, for HTTP and the WebSocket', async () => {
    await using gateway = await startRawGateway()
    await using tls = await startTlsServer(certificate, Number(new URL(gateway.url).port))
    const other = await createCertificate('other.test')
    for (const ca of [certificate.cert, Buffer.from(certificate.cert), [other.cert, certificate.cert]]) {
      const network = networkWith({ tls: { ca } })
      await get(network, `https://localhost:${tls.port}`)
      await openSocket(network, `wss://localhost:${tls.port}/connect`)
    }
    expect(gateway.sockets).toHaveLength(3)
  })

  test('refuses the socket of an unknown authority', async () => {
    await using gateway = await startRawGateway()
    await using tls = await startTlsServer(certificate, Number(new URL(gateway.url).port))
    const other = await createCertificate('localhost')
    const network = networkWith({ tls: { ca: other.cert } })
    await expect(openSocket(network, `wss://localhost:${tls.port}/connect`)).rejects.toThrow(/self-signed/)
    expect(gateway.handshakes).toHaveLength(0)
  })

  test('accepts anything with `rejectUnauthorized: false`, for HTTP and the WebSocket', async () => {
    await using gateway = await startRawGateway()
    await using tls = await startTlsServer(certificate, Number(new URL(gateway.url).port))
    const network = networkWith({ tls: { rejectUnauthorized: false } })
    await get(network, `https://127.0.0.1:${tls.port}`)
    await openSocket(network, `wss://127.0.0.1:${tls.port}/connect`)
    expect(gateway.sockets).toHaveLength(1)
  })

  test('is refused for a certificate of another host', async () => {
    await using server = await startWebServer(answeringJson({}))
    await using tls = await startTlsServer(certificate, server.port)
    const network = networkWith({ tls: { ca: certificate.cert } })
    await expect(get(network, `https://127.0.0.1:${tls.port}`)).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      message: expect.stringContaining('The certificate is for another host'),
    })
  })

  test('is refused by a server that does not speak it', async () => {
    await using server = await startWebServer(answeringJson({}))
    await expect(get(networkWith(), `https://127.0.0.1:${server.port}`)).rejects.toMatchObject({
      name: 'NetworkError',
      message: expect.stringContaining('Check http:// against https://'),
    })
  })
})

describe('a proxy', () => {
  test('carries HTTP and the WebSocket, with and without TLS, and looks up the host names', async () => {
    await using gateway = await startRawGateway()
    const port = Number(new URL(gateway.url).port)
    await using tls = await startTlsServer(certificate, port)
    await using plainProxy = await startProxy({ port })
    await using tlsProxy = await startProxy({ port: tls.port })
    const plain = networkWith({ proxy: plainProxy.url })
    await get(plain, 'http://api.dingtalk.io/v1.0')
    await openSocket(plain, 'ws://api.dingtalk.io/connect')
    const secure = networkWith({ proxy: tlsProxy.url, tls: { ca: certificate.cert } })
    await get(secure, 'https://api.dingtalk.io/v1.0')
    await openSocket(secure, 'wss://api.dingtalk.io/connect')
    expect(plainProxy.targets).toEqual(['api.dingtalk.io:80', 'api.dingtalk.io:80'])
    expect(tlsProxy.targets).toEqual(['api.dingtalk.io:443', 'api.dingtalk.io:443'])
    expect(gateway.sockets).toHaveLength(2)
  })

  test.each([
    ['user:password', 'user:password'],
    ['a%20user:p%40ss%3A%2F', 'a user:p@ss:/'],
    ['user:100%', 'user:100%'],
    ['用户:密码', '用户:密码'],
    ['token', 'token:'],
    [':password', ':password'],
  ])('is given the credential of its address, %s', async (userinfo, credential) => {
    await using gateway = await startRawGateway()
    const port = Number(new URL(gateway.url).port)
    await using proxy = await startProxy({ credential, port })
    const network = networkWith({ proxy: proxy.url.replace('://', `://${userinfo}@`) })
    await get(network, 'http://api.dingtalk.test')
    await openSocket(network, 'ws://stream.dingtalk.test/connect')
    expect(proxy.targets).toEqual(['api.dingtalk.test:80', 'stream.dingtalk.test:80'])
    expect(gateway.sockets).toHaveLength(1)
  })

  test('may itself be reached over TLS, also with TLS inside', async () => {
    await using gateway = await startRawGateway()
    await using inner = await startTlsServer(certificate, Number(new URL(gateway.url).port))
    await using proxy = await startProxy({ port: inner.port })
    await using outer = await startTlsServer(certificate, proxy.port)
    const network = networkWith({ proxy: `https://localhost:${outer.port}`, tls: { ca: certificate.cert } })
    await get(network, 'https://api.dingtalk.io')
    await openSocket(network, 'wss://api.dingtalk.io/connect')
    expect(proxy.targets).toEqual(['api.dingtalk.io:443', 'api.dingtalk.io:443'])
    expect(gateway.sockets).toHaveLength(1)
  })
})
