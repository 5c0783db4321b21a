import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { useDownloader } from '../testing/downloader.ts'
import { startTcpServer, type TcpServer } from '../testing/tcp-server.ts'
import { answering, startWebServer } from '../testing/web-server.ts'

const open = useDownloader()

/** A server that says this on every connection and then ends it. */
function saying(words: string): Promise<TcpServer> {
  return startTcpServer(socket => {
    socket.once('data', () => socket.end(words))
  })
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('a file', () => {
  test('is given as a stream, with its size and headers', async () => {
    await using server = await startWebServer(
      answering(200, 'hello', { 'content-type': 'image/png', 'content-length': '5' }),
    )
    const file = await open(`${server.url}/a.file?Signature=secret`, { trusted: [server] })
    expect(file.size).toBe(5)
    expect(file.headers.get('content-type')).toBe('image/png')
    expect(await text(file.body)).toBe('hello')
  })

  test('is asked for without credentials, content type or anything else that a signature may not cover', async () => {
    await using server = await startWebServer(answering(200, 'hello'))
    await text((await open(`${server.url}/a?Signature=s`, { trusted: [server] })).body)
    expect(server.requests[0]?.headers).toEqual({
      accept: '*/*',
      'user-agent': 'dingware/1',
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
    })
  })

  test('of no bytes is an empty stream', async () => {
    await using server = await startWebServer(answering(200))
    expect(await text((await open(server.url, { trusted: [server] })).body)).toBe('')
  })

  test('is not read ahead of its reader', async () => {
    let given = 0
    function* pieces(): Generator<Buffer> {
      for (; given < 320; given++) yield Buffer.alloc(64 * 1024)
    }
    await using server = await startWebServer(response => Readable.from(pieces()).pipe(response))
    const { body } = await open(server.url, { trusted: [server] })
    const reader = body.getReader()
    await reader.read()
    // Both ends live in this process: in so many turns all of it would have come.
    for (let turn = 0; turn < 2_000; turn++) await setImmediate()
    // The kernel's buffers take some megabytes; the rest waits for the reader.
    expect(given).toBeLessThan(320)
    await reader.cancel()
  })

  test('that is cancelled lets go of its connection', async () => {
    await using server = await startTcpServer(socket => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello'))
    })
    const { body } = await open(`http://127.0.0.1:${server.port}`, { trusted: [server] })
    await body.cancel()
    await server.deserted()
  })
})

describe('a file that is too large', () => {
  test('is refused by what it says of itself, before it is read', async () => {
    await using server = await startWebServer(answering(200, 'x'.repeat(100), { 'content-length': '100' }))
    await expect(open(server.url, { trusted: [server] }, { maxSize: 99 })).rejects.toMatchObject({
      code: 'ERR_FILE_TOO_LARGE',
      message: expect.stringMatching(/larger than 99 bytes \(it has 100\).*maxSize/),
    })
  })

  test('is let in when it is exactly as large as permitted', async () => {
    await using server = await startWebServer(answering(200, 'x'.repeat(100)))
    const { body } = await open(server.url, { trusted: [server] }, { maxSize: 100 })
    expect(await text(body)).toHaveLength(100)
  })

  test.each([
    ['says nothing of its size', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['comes in chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n65\r\n'],
  ])('breaks off while it is read, when it %s', async (_name, head) => {
    await using server = await saying(`${head}${'x'.repeat(101)}`)
    const { body } = await open(`http://127.0.0.1:${server.port}`, { trusted: [server] }, { maxSize: 99 })
    await expect(text(body)).rejects.toMatchObject({ code: 'ERR_FILE_TOO_LARGE' })
    await server.deserted()
  })

  test('never gives more than the Content-Length that it announced', async () => {
    await using server = await saying(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello and more`)
    const { body } = await open(`http://127.0.0.1:${server.port}`, { trusted: [server] })
    expect(await text(body)).toBe('hello')
  })
})

describe('a download that breaks off', () => {
  test('tells how far it came, and asks only once', async () => {
    await using server = await saying('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello')
    const { body } = await open(`http://127.0.0.1:${server.port}`, { trusted: [server] })
    const error = await failureOf(text(body))
    expect(error).toMatchObject({ name: 'NetworkError', message: expect.stringContaining('after 5 of 10 bytes') })
    expect(server.accepted).toBe(1)
  })

  test('before the answer is an error of the network, and is not repeated', async () => {
    await using server = await startTcpServer(socket => {
      socket.once('data', () => socket.destroy())
    })
    const error = await failureOf(open(`http://127.0.0.1:${server.port}/?sig=secret`, { trusted: [server] }))
    expect(error).toMatchObject({ name: 'NetworkError' })
    expect(server.accepted).toBe(1)
  })

  test('because the server says nothing ends after the timeout', async () => {
    await using server = await startTcpServer()
    const opening = open(`http://127.0.0.1:${server.port}`, { trusted: [server] }, { timeout: 50 })
    await expect(opening).rejects.toMatchObject({ name: 'TimeoutError' })
    await server.deserted()
  })

  test('because the body does not go on ends after the timeout', async () => {
    await using server = await startTcpServer(socket => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello'))
    })
    const url = `http://127.0.0.1:${server.port}`
    const { body } = await open(url, { trusted: [server] }, { timeout: 200 })
    await expect(text(body)).rejects.toMatchObject({
      name: 'TimeoutError',
      message: expect.stringMatching(/after 5 of 10 bytes.*`timeout`/),
    })
    await server.deserted()
  })

  test.each(['before the answer', 'in the body'])('because its signal aborts %s ends with the reason', async moment => {
    const controller = new AbortController()
    const reason = new Error('no longer wanted')
    await using server = await startTcpServer(socket => {
      socket.once('data', () => {
        if (moment === 'in the body') socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello')
        else controller.abort(reason)
      })
    })
    const opening = open(`http://127.0.0.1:${server.port}`, { trusted: [server] }, { signal: controller.signal })
    if (moment === 'in the body') {
      const reading = text((await opening).body)
      controller.abort(reason)
      await expect(reading).rejects.toBe(reason)
    } else {
      await expect(opening).rejects.toBe(reason)
    }
    await server.deserted()
  })
})

test('a refusal is told with its status and what to do', async () => {
  await using server = await startWebServer(answering(403, 'expired'))
  await expect(open(`${server.url}/a`, { trusted: [server] })).rejects.toMatchObject({
    name: 'ApiError',
    status: 403,
    code: 'HTTP_403',
    message: expect.stringMatching(/ask for a new one/),
  })
})
