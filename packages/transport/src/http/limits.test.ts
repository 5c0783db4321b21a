import { getEventListeners } from 'node:events'
import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { NetworkError, TimeoutError } from '../errors/errors.ts'
import { createNetwork, type Network } from '../network/network.ts'
import { findClosedPort, startTcpServer } from '../testing/tcp-server.ts'
import { answering, answeringJson, startWebServer } from '../testing/web-server.ts'
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http.ts'

let network: Network

beforeEach(() => {
  network = createNetwork()
})

afterEach(() => network.close())

function clientWith(options: Partial<HttpClientOptions> = {}): HttpClient {
  return createHttpClient({ network, ...options })
}

/** Ways in which a server never comes to an end. */
const ENDLESS: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  'no answer': () => {},
  'headers alone': response => response.flushHeaders(),
  'a body that never ends': response => response.write('{"half":'),
  'a body that trickles': response => {
    const trickle = (): unknown => response.write(' ', () => setImmediate(trickle))
    trickle()
  },
}

describe('the limit of time', () => {
  test.each(Object.entries(ENDLESS))('holds for %s', async (_what, answer) => {
    await using server = await startWebServer(answer)
    const error = await clientWith({ timeout: 60 })
      .request({ method: 'GET', url: `${server.url}/slow?session=abc` })
      .catch(error => error)
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toMatchObject({
      code: 'ERR_TIMEOUT',
      message: `GET ${server.url}/slow was given up after 60 ms without an answer.`,
    })
  })

  test('holds while the connection is made', async () => {
    await using mute = await startTcpServer()
    const request = clientWith().request({ method: 'GET', url: `https://127.0.0.1:${mute.port}`, timeout: 60 })
    await expect(request).rejects.toThrow(/given up after 60 ms/)
  })

  test('of a request comes before that of the client', async () => {
    await using server = await startWebServer(() => {})
    const request = clientWith({ timeout: 60_000 }).request({ method: 'GET', url: server.url, timeout: 30 })
    await expect(request).rejects.toThrow(/given up after 30 ms/)
  })

  test('leaves nothing of a connection that was being used', async () => {
    await using server = await startTcpServer()
    const request = clientWith().request({ method: 'GET', url: `http://127.0.0.1:${server.port}`, timeout: 60 })
    await expect(request).rejects.toThrow(TimeoutError)
    await server.deserted()
  })
})

describe('the signal', () => {
  test('that has aborted already sends nothing', async () => {
    await using server = await startWebServer(answeringJson({}))
    const request = clientWith().request({ method: 'GET', url: server.url, signal: AbortSignal.abort('stopped') })
    await expect(request).rejects.toBe('stopped')
    expect(server.requests).toHaveLength(0)
  })

  test.each(Object.entries(ENDLESS))('ends the wait for %s with its reason', async (_what, answer) => {
    const controller = new AbortController()
    const reason = new Error('the bot is stopping')
    await using server = await startWebServer(async response => {
      await answer(response)
      setImmediate(() => controller.abort(reason))
    })
    const request = clientWith().request({ method: 'GET', url: server.url, signal: controller.signal })
    await expect(request).rejects.toBe(reason)
  })

  test('ends the wait for a connection with its reason', async () => {
    const controller = new AbortController()
    await using mute = await startTcpServer(() => controller.abort('stopped'))
    const { signal } = controller
    await expect(clientWith().request({ method: 'GET', url: `https://127.0.0.1:${mute.port}`, signal })).rejects.toBe(
      'stopped',
    )
  })

  test('of many requests keeps no trace of those that ended, and Node warns of none', async () => {
    const warn = vi.spyOn(process, 'emitWarning')
    await using server = await startWebServer(answeringJson({}))
    const { signal } = new AbortController()
    const http = clientWith()
    await Promise.all(Array.from({ length: 20 }, () => http.request({ method: 'GET', url: server.url, signal })))
    await http.request({ method: 'GET', url: server.url, signal, timeout: 1e-9 }).catch(() => {})
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    expect(warn).not.toHaveBeenCalled()
  })
})

describe('the limit of size', () => {
  test.each<[how: string, answer: (response: ServerResponse) => unknown]>([
    ['by its length', response => response.writeHead(200, { 'content-length': 1_001 }).flushHeaders()],
    ['piece by piece', response => response.write('x'.repeat(1_001))],
    ['with an error status', response => response.writeHead(500).write('x'.repeat(1_001))],
  ])('refuses an answer that is larger %s, and stops reading', async (_how, answer) => {
    await using server = await startWebServer(answer)
    const error = await clientWith({ maxAnswer: 1_000 })
      .request({ method: 'GET', url: server.url })
      .catch(error => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({
      code: 'ERR_ANSWER_TOO_LARGE',
      message: `The answer to GET ${server.url}/ is larger than 1000 bytes and was not read. Ask for less at once.`,
    })
  })

  test('takes an answer that just fits', async () => {
    await using server = await startWebServer(answering(200, 'x'.repeat(1_000)))
    const { body } = await clientWith({ maxAnswer: 1_000 }).request({ method: 'GET', url: server.url })
    expect(body).toHaveLength(1_000)
  })

  test('is 20 MiB by default', async () => {
    const LIMIT = 20 * 1024 * 1024
    await using server = await startWebServer((response, { target }) =>
      response.end(Buffer.alloc(Number(target.slice(1)), 'x')),
    )
    const { body } = await clientWith().request({ method: 'GET', url: `${server.url}/${LIMIT}` })
    expect(body).toHaveLength(LIMIT)
    await expect(clientWith().request({ method: 'GET', url: `${server.url}/${LIMIT + 1}` })).rejects.toThrow(
      /20971520 bytes/,
    )
  })
})

describe('a failure of the network', () => {
  test('gives a NetworkError that names the call and what to check', async () => {
    const port = await findClosedPort()
    const error = await clientWith()
      .request({ method: 'PUT', url: `http://127.0.0.1:${port}/v1.0/card?a=b` })
      .catch(error => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).not.toBeInstanceOf(TimeoutError)
    expect(error.code).toBe('ECONNREFUSED')
    expect(error.message).toMatch(
      /^PUT http:\/\/127\.0\.0\.1:\d+\/v1\.0\/card did not get through: connect ECONNREFUSED 127\.0\.0\.1:\d+\. Check the network/,
    )
  })

  test.each([
    ['hangs up', ''],
    ['hangs up in the middle of its headers', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['hangs up in the middle of its body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":'],
    ['speaks another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['garbles the body', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n'],
    ['has a status that is none', 'HTTP/1.1 999 What\r\ncontent-length: 2\r\n\r\n{}'],
  ])('is what a server that %s gives, and nothing is sent twice', async (_what, text) => {
    await using server = await startTcpServer(socket => socket.once('data', () => socket.end(text)))
    const request = clientWith().request({ method: 'POST', url: `http://127.0.0.1:${server.port}`, json: {} })
    const error = await request.catch(error => error)
    expect(error).toBeInstanceOf(NetworkError)
    expect(inspect(error)).toContain('did not get through')
    expect(server.accepted).toBe(1)
  })

  test('is not what a mistake of the caller is taken for', async () => {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    const request = clientWith().request({ method: 'POST', url: 'http://127.0.0.1', json: circular })
    await expect(request).rejects.toThrow(TypeError)
  })

  test.each([
    'oapi.dingtalk.com/robot',
    '/v1.0/robot',
    '',
    'ftp://oapi.dingtalk.com/',
    'http://user:password@127.0.0.1/',
  ])('is not what the address %j is taken for', async url => {
    await expect(clientWith().request({ method: 'GET', url })).rejects.toMatchObject({
      name: 'DingTalkError',
      code: 'ERR_INVALID_URL',
      message: expect.stringContaining('cannot be called'),
    })
  })
})
