import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { NetworkError, TimeoutError } from '../errors/errors.ts'
import { startProxy } from '../testing/proxy.ts'
import { findClosedPort, startTcpServer } from '../testing/tcp-server.ts'
import { openTunnel } from './tunnel.ts'

const { signal: NEVER } = new AbortController()

function tunnel(proxy: string, { timeout = 5_000, signal = NEVER } = {}): Promise<Socket> {
  return openTunnel('api.dingtalk.test', 443, { proxy: new URL(proxy), trust: {}, timeout, signal })
}

function failureOf(attempt: Promise<Socket>): Promise<NetworkError> {
  return attempt.then(
    () => expect.unreachable('a tunnel was opened'),
    error => error,
  )
}

function saying(text: string): (socket: Duplex) => void {
  return socket => void socket.end(text)
}

describe('a proxy', () => {
  test('that is down gives a NetworkError that names it', async () => {
    const port = await findClosedPort()
    const error = await failureOf(tunnel(`http://user:hunter22@127.0.0.1:${port}`))
    expect(error).toBeInstanceOf(NetworkError)
    expect(error.code).toBe('ECONNREFUSED')
    expect(error.message).toMatch(
      /^The tunnel to api\.dingtalk\.test:443 through the proxy 127\.0\.0\.1:\d+ could not be opened: connect ECONNREFUSED.*HTTPS_PROXY/,
    )
  })

  test('that wants a credential gives an error that says where to put it', async () => {
    await using proxy = await startProxy({ credential: 'user:password' })
    await expect(tunnel(proxy.url)).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'ERR_PROXY_AUTH',
      message: expect.stringMatching(/with HTTP 407\. It wants a user name.*http:\/\/user:password@host:port/),
    })
  })

  test('that does not take the credential gives an error without it', async () => {
    await using proxy = await startProxy({ credential: 'user:password' })
    const error = await failureOf(tunnel(proxy.url.replace('://', '://user:hunter22@')))
    expect(error.code).toBe('ERR_PROXY_AUTH')
    expect(error.message).toContain('It does not accept the user name and the password')
    expect(error.message).not.toContain('hunter22')
  })

  test.each([403, 502, 503, 302])('that answers %i gives an error that says so', async status => {
    await using proxy = await startProxy({ onConnect: saying(`HTTP/1.1 ${status} No\r\n\r\n<html>no</html>`) })
    await expect(tunnel(proxy.url)).rejects.toMatchObject({
      code: 'ERR_PROXY_REFUSED',
      message: expect.stringContaining(`refused a tunnel to api.dingtalk.test:443 with HTTP ${status}`),
    })
  })

  test.each(['', 'SSH-2.0-OpenSSH_9.6\r\n', 'HTTP/1.1 200'])(
    'that hangs up after saying %j gives a NetworkError',
    async text => {
      await using proxy = await startProxy({ onConnect: saying(text) })
      await expect(tunnel(proxy.url)).rejects.toThrow(NetworkError)
    },
  )

  test('that says nothing gives a TimeoutError at the limit, and no socket is left', async () => {
    await using mute = await startTcpServer()
    const error = await failureOf(tunnel(`http://127.0.0.1:${mute.port}`, { timeout: 50 }))
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error.message).toMatch(/through the proxy 127\.0\.0\.1:\d+ was given up after 50 ms/)
    expect(mute.accepted).toBe(1)
    await mute.deserted()
  })

  test('that says nothing is left at once when the signal aborts, with its reason', async () => {
    const controller = new AbortController()
    await using mute = await startTcpServer(() => controller.abort('stopped'))
    await expect(tunnel(`http://127.0.0.1:${mute.port}`, { signal: controller.signal })).rejects.toBe('stopped')
    await mute.deserted()
  })

  test('that keeps the connection after its refusal is left all the same', async () => {
    const answer = 'HTTP/1.1 403 Forbidden\r\n\r\n'
    await using proxy = await startTcpServer(socket => socket.once('data', () => socket.write(answer)))
    await expect(tunnel(`http://127.0.0.1:${proxy.port}`)).rejects.toThrow(/HTTP 403/)
    await proxy.deserted()
  })

  test('may send the first words of the other side together with its own', async () => {
    const answer = 'HTTP/1.1 200 Connection established\r\n\r\nhello'
    await using proxy = await startTcpServer(socket => socket.once('data', () => socket.write(answer)))
    const socket = await tunnel(`http://127.0.0.1:${proxy.port}`)
    const [words] = await once(socket, 'data')
    expect(String(words)).toBe('hello')
    socket.destroy()
  })
})
