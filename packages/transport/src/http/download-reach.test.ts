import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createNetwork, type NetworkOptions } from '../network/network.ts'
import { useDownloader } from '../testing/downloader.ts'
import { startProxy } from '../testing/proxy.ts'
import { answering, startWebServer } from '../testing/web-server.ts'
import { createDownloader } from './download.ts'

const open = useDownloader()

function redirecting(location: string, status = 302): ReturnType<typeof answering> {
  return answering(status, 'moved', { location })
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('by %d is followed', async status => {
    await using server = await startWebServer((response, { target }) =>
      target === '/end' ? response.end('here') : response.writeHead(status, { location: '/end' }).end(),
    )
    expect(await text((await open(`${server.url}/start`, { trusted: [server] })).body)).toBe('here')
  })

  test('does not carry headers to another host', async () => {
    await using other = await startWebServer(answering(200, 'here'))
    await using server = await startWebServer(redirecting(`${other.url}/end`))
    const { body } = await open(server.url, { trusted: [server, other] }, { headers: { authorization: 'OSS secret' } })
    expect(await text(body)).toBe('here')
    expect(server.requests[0]?.headers.authorization).toBe('OSS secret')
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization')
  })

  test('is followed five times and no more', async () => {
    await using server = await startWebServer((response, { target }) => {
      const left = Number(target.slice(1))
      if (left === 0) response.end('here')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    })
    expect(await text((await open(`${server.url}/5`, { trusted: [server] })).body)).toBe('here')
    const error = await failureOf(open(`${server.url}/6`, { trusted: [server] }))
    expect(error).toMatchObject({ code: 'ERR_TOO_MANY_REDIRECTS' })
  })

  test.each([
    ['127.0.0.1', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['localhost', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['127.1', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['0x7f.1', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['2130706433', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['017700000001', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['0', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['[::1]', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['[::ffff:127.0.0.1]', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['[64:ff9b::127.0.0.1]', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['a.localhost', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['inner.example', 'ERR_ADDRESS_NOT_PUBLIC'],
    ['user:pass@inner.example', 'ERR_INVALID_URL'],
  ])('to %s on this machine is refused', async (host, code) => {
    await using inner = await startWebServer(answering(200, 'secret'))
    await using server = await startWebServer(redirecting(`http://${host}:${inner.port}/`))
    const lookup: NetworkOptions['lookup'] = (_name, _options, callback) => callback(null, '127.0.0.1', 4)
    await expect(open(server.url, { trusted: [server], lookup })).rejects.toMatchObject({ code })
    expect(inner.connections).toBe(0)
  })

  test.each(['file:///etc/passwd', 'ftp://files.example/a', 'data:text/plain,a', 'http://'])(
    'to %s is refused',
    async location => {
      await using server = await startWebServer(redirecting(location))
      await expect(open(server.url, { trusted: [server] })).rejects.toMatchObject({ code: 'ERR_INVALID_URL' })
    },
  )
})

describe('an address', () => {
  test.each([
    'http://127.0.0.1',
    'http://10.0.0.1',
    'http://169.254.169.254',
    'http://[fd00::1]',
    'http://localhost',
    'http://①②⑦.⓪.⓪.①',
  ])('%s is not called', async url => {
    await expect(open(url)).rejects.toMatchObject({ code: 'ERR_ADDRESS_NOT_PUBLIC' })
  })

  test('is looked up by the connection itself, once: what was checked is what is connected to', async () => {
    await using server = await startWebServer(answering(200, 'secret'))
    const asked: string[] = []
    const lookup: NetworkOptions['lookup'] = (name, _options, callback) => {
      asked.push(name)
      callback(null, [{ address: '127.0.0.1', family: 4 }])
    }
    const opening = open(`http://rebind.example:${server.port}/`, { lookup })
    await expect(opening).rejects.toMatchObject({ code: 'ERR_ADDRESS_NOT_PUBLIC' })
    expect(asked).toEqual(['rebind.example'])
    expect(server.connections).toBe(0)
  })

  test('of a host that is trusted for this call is called wherever it is', async () => {
    await using server = await startWebServer(answering(200, 'hello'))
    const { body } = await open(server.url, {}, { trustedHosts: [`127.0.0.1:${server.port}`] })
    expect(await text(body)).toBe('hello')
  })

  test('on another port of a trusted host is not trusted', async () => {
    await using server = await startWebServer(answering(200, 'secret'))
    await using trusted = await startWebServer(answering(200))
    await expect(open(server.url, { trusted: [trusted] })).rejects.toMatchObject({ code: 'ERR_ADDRESS_NOT_PUBLIC' })
    expect(server.connections).toBe(0)
  })

  test('does not profit from a connection that was made to a trusted host', async () => {
    await using server = await startWebServer(answering(200, 'hello'))
    const network = createNetwork({ proxy: false })
    onTestFinished(() => network.close())
    const { open } = createDownloader({ network })
    await text((await open({ url: server.url, trustedHosts: [new URL(server.url).host] })).body)
    await expect(open({ url: server.url })).rejects.toMatchObject({ code: 'ERR_ADDRESS_NOT_PUBLIC' })
    expect(server.connections).toBe(1)
  })

  test('behind a proxy is left to the proxy, unless it is written as one of this machine', async () => {
    await using server = await startWebServer(answering(200, 'hello'))
    await using proxy = await startProxy({ port: server.port })
    expect(await text((await open('http://files.example/', { proxy: proxy.url })).body)).toBe('hello')
    for (const host of ['127.0.0.1', '[::ffff:10.0.0.1]', 'localhost']) {
      await expect(open(`http://${host}/`, { proxy: proxy.url })).rejects.toMatchObject({
        code: 'ERR_ADDRESS_NOT_PUBLIC',
      })
    }
    expect(proxy.targets).toEqual(['files.example:80'])
  })
})

describe('no error tells a signature', () => {
  const secret = 'c2lnbmF0dXJlLW9mLWEtZmlsZQ'
  const signed = `/a.file?Expires=1&OSSAccessKeyId=${secret}&Signature=${secret}&x=${secret}`

  test.each([
    ['refused', answering(403, `<Error><StringToSign>${secret}</StringToSign></Error>`)],
    ['too large', answering(200, 'x'.repeat(100), { 'content-length': '100' })],
    ['redirected in a circle', redirecting(signed)],
    ['redirected to nothing', redirecting(`nothing://${secret}`)],
    ['redirected inwards', redirecting(`http://10.0.0.1${signed}`)],
    ['no HTTP', (response: { socket: { end: (text: string) => void } | null }) => response.socket?.end(secret)],
  ])('when the download was %s', async (_name, answer) => {
    await using server = await startWebServer(answer)
    const headers = { authorization: secret }
    const error = await failureOf(open(server.url + signed, { trusted: [server] }, { maxSize: 99, headers }))
    expect(error).toBeInstanceOf(Error)
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain(secret)
  })

  test('when it is no address', async () => {
    const error = await failureOf(open(`oss:${secret}`))
    expect(error).toMatchObject({ code: 'ERR_INVALID_URL' })
    expect(inspect(error)).not.toContain(secret)
  })
})
