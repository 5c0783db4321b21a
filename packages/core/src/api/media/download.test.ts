import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { ApiError, createDownloader, createNetwork, type Network } from '@dingware/transport'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MediaRef } from '../../updates/message/media-of.ts'
import type { ApiCall } from '../api-call.ts'
import type { MediaDeps } from './deps.ts'
import { type DownloadOptions, download, downloadUrl } from './download.ts'

const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082',
  'hex',
)
const picture: MediaRef = { kind: 'picture', downloadCode: 'one', pictureDownloadCode: 'two' }
const driveFile: MediaRef = { kind: 'file', dentryId: '12', spaceId: '3/4', fileName: 'report.pdf' }

let network: Network
let url: string
let close: () => Promise<void>
/** What the file host answers. */
let headers: Record<string, string>
let body: Buffer | string
let status: number
let seen: { readonly target: string; readonly headers: IncomingHttpHeaders }[]
let calls: ApiCall[]
/** What the platform answers, by the last word of the path or the code. */
let answers: Record<string, unknown>
let deps: MediaDeps

beforeEach(async () => {
  headers = {}
  body = png
  status = 200
  seen = []
  calls = []
  const server = createServer((request, response) => {
    seen.push({ target: request.url ?? '', headers: request.headers })
    response.writeHead(request.url?.startsWith('/broken') ? 403 : status, headers).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  answers = { one: { downloadUrl: `${url}/one?Signature=secret` }, two: { downloadUrl: `${url}/two?Signature=secret` } }
  network = createNetwork({ proxy: false })
  deps = {
    downloader: createDownloader({ network, trustedHosts: [new URL(url).host] }),
    robotCode: () => 'the-bot',
    async call(call, schema) {
      calls.push(call)
      const { downloadCode = '' } = v.parse(v.object({ downloadCode: v.optional(v.string()) }), call.body ?? {})
      const answer = answers[downloadCode || (call.path.split('/').at(-1) ?? '')]
      if (answer instanceof Error) throw answer
      return v.parse(schema, answer)
    },
  }
  close = async () => {
    await network.close()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

afterEach(() => close())

function refusal(code: string): ApiError {
  return new ApiError(`refused with ${code}`, { status: 400, code, call: { method: 'POST', url: '/' } })
}

function bufferOf(ref: MediaRef | string, options?: DownloadOptions): Promise<Buffer> {
  return download(deps, ref, options).then(file => file.buffer())
}

describe('a file', () => {
  test('is fetched by its code for the robot that it was sent to', async () => {
    expect(await bufferOf('one')).toEqual(png)
    expect(await bufferOf('one', { robotCode: 'another' })).toEqual(png)
    expect(calls).toMatchObject([
      {
        method: 'POST',
        path: '/v1.0/robot/messageFiles/download',
        body: { downloadCode: 'one', robotCode: 'the-bot' },
      },
      { body: { downloadCode: 'one', robotCode: 'another' } },
    ])
  })

  test('is fetched without the headers that break a signature', async () => {
    await bufferOf('one')
    expect(seen[0]?.target).toBe('/one?Signature=secret')
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual(['accept', 'connection', 'host'])
  })

  test('gives its content as a stream or at once, with its size', async () => {
    headers = { 'content-length': String(png.length) }
    const file = await download(deps, 'one')
    expect(file.size).toBe(png.length)
    expect(await file.buffer()).toBe(await file.buffer())
    const again = await download(deps, 'one')
    expect((await text(again.stream)).length).toBeGreaterThan(0)
  })

  test.each([
    ['what its server says', 'image/webp', 'image/webp'],
    ['what its server says, without parameters', 'Text/Plain; charset=utf-8', 'text/plain'],
    ['its content where the server knows nothing', 'application/octet-stream', 'image/png'],
    ['its content where the server says nothing', '', 'image/png'],
  ])('is of the type of %s', async (_name, said, type) => {
    if (said) headers = { 'content-type': said }
    const file = await download(deps, 'one')
    expect(file.mimeType).toBe(type)
    expect(await file.buffer()).toEqual(png)
  })

  test('of unknown content is octets, and loses none of them', async () => {
    body = 'x'.repeat(300_000)
    const file = await download(deps, 'one')
    expect(file.mimeType).toBe('application/octet-stream')
    expect((await file.buffer()).toString()).toBe(body)
  })

  test('has the name that its sender gave it, made harmless', async () => {
    headers = { 'content-disposition': 'attachment; filename="b.pdf"' }
    const named = { kind: 'file', downloadCode: 'one', fileName: '../../a.pdf' } as const
    const [own, other] = await Promise.all([download(deps, named), download(deps, 'one')])
    expect(own.fileName).toBe('a.pdf')
    expect(other.fileName).toBe('b.pdf')
    await Promise.all([own.buffer(), other.buffer()])
  })

  test('of another size limit is taken by it', async () => {
    body = 'x'.repeat(1_000)
    await expect(bufferOf('one', { maxSize: 999 })).rejects.toMatchObject({ code: 'ERR_FILE_TOO_LARGE' })
    expect(await bufferOf('one', { maxSize: 1_000 })).toHaveLength(1_000)
  })
})

describe('a picture', () => {
  test('is fetched by its second code when the first is refused', async () => {
    answers.one = refusal('invalidParameter.robotCode.downloadCode')
    expect(await bufferOf(picture)).toEqual(png)
    expect(seen.map(({ target }) => target)).toEqual(['/two?Signature=secret'])
  })

  test('is fetched by its second code when the address of the first does not work', async () => {
    answers.one = { downloadUrl: `${url}/broken?Signature=secret` }
    expect(await bufferOf(picture)).toEqual(png)
  })

  test('whose address leads into the network of the bot is fetched by its second code', async () => {
    answers.one = { downloadUrl: 'http://10.0.0.1/one' }
    expect(await bufferOf(picture)).toEqual(png)
  })

  test('fails as its first code failed when no code works', async () => {
    answers.one = refusal('first')
    answers.two = refusal('second')
    await expect(bufferOf(picture)).rejects.toMatchObject({ code: 'first' })
  })

  test('that is too large is not fetched a second time', async () => {
    headers = { 'content-length': String(png.length) }
    await expect(bufferOf(picture, { maxSize: 1 })).rejects.toMatchObject({ code: 'ERR_FILE_TOO_LARGE' })
    expect(calls).toHaveLength(1)
  })

  test('is not asked for once the signal has aborted', async () => {
    const controller = new AbortController()
    answers.one = Object.assign(new Error('stop'), { name: 'AbortError' })
    await expect(bufferOf(picture)).rejects.toThrow('stop')
    expect(calls).toHaveLength(1)
    controller.abort()
    await expect(bufferOf(picture, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(calls).toHaveLength(1)
  })
})

describe('a file in the drive', () => {
  beforeEach(() => {
    answers.alice = { unionId: 'union-of-alice' }
    answers.getDownloadInfo = { resourceUrl: `${url}/drive`, headers: { Authorization: 'OSS secret' } }
  })

  test('is fetched in the name of its sender, with the headers that the drive gives', async () => {
    const file = await download(deps, driveFile, { userId: 'alice' })
    expect(file.fileName).toBe('report.pdf')
    expect(await file.buffer()).toEqual(png)
    expect(seen[0]?.headers.authorization).toBe('OSS secret')
    expect(calls).toMatchObject([
      { method: 'GET', path: '/v1.0/contact/users/alice' },
      { path: '/v2.0/storage/spaces/3%2F4/dentries/12/getDownloadInfo', body: { unionId: 'union-of-alice' } },
    ])
  })

  test('is found in the older form of the answer, too', async () => {
    answers.getDownloadInfo = { headerSignatureInfo: { resourceUrls: [`${url}/drive`], headers: { 'x-a': 'b' } } }
    await bufferOf(driveFile, { userId: 'alice' })
    expect(seen[0]?.headers['x-a']).toBe('b')
  })

  test('cannot be had without a person, nor as an address', async () => {
    await expect(download(deps, driveFile)).rejects.toMatchObject({ code: 'ERR_MEDIA_REF', message: /`userId`/ })
    await expect(downloadUrl(deps, driveFile)).rejects.toMatchObject({ code: 'ERR_MEDIA_REF' })
  })
})

test('a file of which only the name is known cannot be downloaded, and the error says why', async () => {
  await expect(download(deps, { kind: 'file', fileName: 'a.pdf' })).rejects.toMatchObject({
    code: 'ERR_MEDIA_REF',
    message: expect.stringMatching(/"a\.pdf".*its name.*private chat/),
  })
})

test('the address alone is given by its code', async () => {
  expect(await downloadUrl(deps, 'two', { robotCode: 'another' })).toBe(`${url}/two?Signature=secret`)
  expect(seen).toEqual([])
})

test('no error tells the signed address', async () => {
  status = 403
  const error: unknown = await download(deps, 'one').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ApiError)
  expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toMatch(/Signature|secret/)
})
