import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { createDownloader, createHttpClient, createNetwork } from '@dingware/transport'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCaller } from '../caller.ts'
import type { UploadSource } from './source.ts'
import { type UploadedMedia, type UploadOptions, uploadMedia } from './upload.ts'

const MB = 1024 * 1024
const pdf = Buffer.from('%PDF-1.7\nhello')
const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082',
  'hex',
)
const amr = Buffer.from('#!AMR\n hello')
const mp4 = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42 more', 'latin1')
const cfb = Buffer.from('d0cf11e0a1b11ae1', 'hex')

interface Upload {
  readonly query: URLSearchParams
  readonly file: File
  readonly bytes: Buffer
}

let uploads: Upload[]
let requests: string[]
/** What the server does with an upload, once it has read it. */
let answer: (response: ServerResponse) => unknown
/** What lies on it besides. */
let fileServer: (request: IncomingMessage, response: ServerResponse) => unknown
let url: string
let close: () => Promise<void>
let upload: (source: UploadSource, options?: UploadOptions) => Promise<UploadedMedia>

beforeEach(async () => {
  uploads = []
  requests = []
  answer = response => response.end('{"errcode":0,"errmsg":"ok","media_id":"@lAL1","type":"image","created_at":1}')
  fileServer = (_request, response) => response.writeHead(404).end()
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    requests.push(pathname)
    if (pathname === '/v1.0/oauth2/accessToken') return response.end('{"accessToken":"secret-token","expireIn":7200}')
    if (pathname !== '/media/upload') return fileServer(request, response)
    const body = await buffer(request).catch(() => Buffer.alloc(0))
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    const file = (await new Response(body, { headers }).formData().catch(() => undefined))?.get('media')
    if (file instanceof File) {
      uploads.push({ query: searchParams, file, bytes: Buffer.from(await file.arrayBuffer()) })
    }
    return answer(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const network = createNetwork({ proxy: false })
  const credential = () => ({ clientId: 'id', clientSecret: 'secret' })
  const api = createCaller(createHttpClient({ network }), { endpoint: url, oapiEndpoint: url, credential })
  const downloader = createDownloader({ network, trustedHosts: [new URL(url).host] })
  upload = (source, options) => uploadMedia({ call: api.call, downloader, robotCode: () => 'id' }, source, options)
  close = async () => {
    await network.close()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

afterEach(() => close())

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (const byte of bytes) yield new Uint8Array([byte])
}

describe('an upload', () => {
  test.each<[string, UploadSource]>([
    ['a Buffer', pdf],
    ['a Uint8Array', new Uint8Array(pdf)],
    ['a Blob', new Blob([pdf])],
    ['a Readable', Readable.from([pdf])],
    ['a ReadableStream', new Blob([pdf]).stream()],
    ['an async iterable', chunksOf(pdf)],
  ])('of %s arrives as it is', async (_name, source) => {
    expect(await upload(source, { fileName: 'a.pdf' })).toEqual({ mediaId: '@lAL1', type: 'file' })
    expect(uploads).toMatchObject([{ file: { name: 'a.pdf', type: 'application/pdf' }, bytes: pdf }])
    expect(Object.fromEntries(uploads[0]?.query ?? [])).toEqual({ type: 'file', access_token: 'secret-token' })
  })

  test('of a path, a file: URL or a File has its name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'media-'))
    try {
      const path = join(folder, '报表 "1".pdf')
      await writeFile(path, pdf)
      for (const source of [path, pathToFileURL(path), pathToFileURL(path).href, new File([pdf], '报表 "1".pdf')]) {
        await upload(source)
      }
      expect(uploads.map(({ file, bytes }) => [file.name, bytes.equals(pdf)])).toEqual(
        Array.from({ length: 4 }, () => ['报表 "1".pdf', true]),
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('of an http URL is fetched, without the token, and has its name', async () => {
    fileServer = (request, response) => {
      requests.push(JSON.stringify(request.headers))
      response.end(png)
    }
    expect(await upload(`${url}/files/cat.png?v=1`)).toEqual({ mediaId: '@lAL1', type: 'image' })
    expect(uploads).toMatchObject([{ file: { name: 'cat.png', type: 'image/png' } }])
    expect(requests.join()).not.toContain('secret-token')
  })

  test.each(['http://10.0.0.1/a.png', 'http://169.254.169.254/latest', 'http://localhost/a.png'])(
    'of %s does not reach into the network of the bot',
    async source => {
      await expect(upload(source)).rejects.toMatchObject({ code: 'ERR_ADDRESS_NOT_PUBLIC' })
      expect(requests).toEqual([])
    },
  )

  test('goes by its content and not by its name', async () => {
    expect(await upload(png, { fileName: 'photo.jpg' })).toMatchObject({ type: 'image' })
    expect(await upload(amr)).toMatchObject({ type: 'voice' })
    expect(await upload(mp4, { fileName: 'clip.m4v' })).toMatchObject({ type: 'video' })
    expect(await upload(cfb, { fileName: '老.xls' })).toMatchObject({ type: 'file' })
    expect(uploads.map(({ file }) => file.name)).toEqual(['photo.png', 'media.amr', 'clip.mp4', '老.xls'])
  })

  test.each<[string, Buffer, UploadOptions, UploadedMedia['type'], string]>([
    ['a table', Buffer.from('a,b\n1,2'), { fileName: '报表.csv' }, 'file', '报表.csv'],
    ['text', Buffer.from('hello'), { fileName: 'a.txt' }, 'file', 'a.txt'],
    ['Markdown', Buffer.from('# a'), { fileName: 'README.MD' }, 'file', 'README.MD'],
    ['JSON', Buffer.from('{}'), { fileName: 'a.json' }, 'file', 'a.json'],
    ['text without an ending', Buffer.from('hello'), { fileName: '周报' }, 'file', '周报'],
    ['a picture as a file', png, { type: 'file', fileName: 'a.png' }, 'file', 'a.png'],
    ['an old Office file without a name', cfb, {}, 'file', 'media.cfb'],
    ['Ogg', Buffer.from('OggS\0\x02 more than twenty-eight bytes', 'latin1'), { type: 'voice' }, 'voice', 'media.ogg'],
  ])('of %s is left to the platform', async (_name, source, options, type, fileName) => {
    expect(await upload(source, options)).toMatchObject({ type })
    expect(uploads.map(({ file }) => file.name)).toEqual([fileName])
  })

  test('of a recording or a video tells its length, of others none', async () => {
    const voice = Buffer.concat([
      Buffer.from('#!AMR\n'),
      Buffer.alloc(50 * 32, Buffer.from([0x3c, ...Array(31).fill(0)])),
    ])
    expect(await upload(voice)).toEqual({ mediaId: '@lAL1', type: 'voice', duration: 1_000 })
    expect(await upload(mp4)).toEqual({ mediaId: '@lAL1', type: 'video' })
    expect(await upload(voice, { type: 'file' })).toEqual({ mediaId: '@lAL1', type: 'file' })
  })

  test('of what the platform refuses is told with its words', async () => {
    answer = response => response.end('{"errcode":40004,"errmsg":"不合法的媒体文件类型"}')
    await expect(upload(Buffer.from('a,b'), { fileName: 'a.csv' })).rejects.toMatchObject({ code: '40004' })
  })

  test('of megabytes arrives whole', async () => {
    const large = Buffer.concat([pdf, Buffer.alloc(20 * MB - pdf.length, 7)])
    await upload(Readable.from([large.subarray(0, 9 * MB), large.subarray(9 * MB)]), { fileName: 'a.pdf' })
    expect(uploads[0]?.bytes.equals(large)).toBe(true)
  })
})

describe('nothing is sent', () => {
  const beyond = (limit: number, head: Buffer): Buffer => Buffer.concat([head, Buffer.alloc(limit + 1 - head.length)])

  test.each<[string, () => UploadSource, UploadOptions, RegExp]>([
    ['bytes', () => beyond(20 * MB, png), {}, /20971521 bytes.*20971520 \(20 MB\)/],
    ['a Blob', () => new Blob([beyond(20 * MB, png)]), { type: 'image' }, /type image.*Make the picture smaller/],
    ['a stream', () => Readable.from([beyond(20 * MB, pdf)]), { fileName: 'a.pdf' }, /"a\.pdf".*Split it/],
    ['a voice by its type', () => beyond(2 * MB, amr), { type: 'voice' }, /2097152 \(2 MB\)/],
    ['a voice by its content', () => Readable.from([beyond(2 * MB, amr)]), {}, /2097152 \(2 MB\)/],
  ])('of what is too large: %s', async (_name, source, options, message) => {
    await expect(upload(source(), options)).rejects.toMatchObject({
      code: 'ERR_MEDIA_TOO_LARGE',
      message: expect.stringMatching(message),
    })
    expect(requests).toEqual([])
  })

  test.each<[string, UploadSource, UploadOptions]>([
    ['a web page', Buffer.from('<p>hello'), { fileName: 'a.html' }],
    ['text that calls itself a picture', Buffer.from('hello'), { fileName: 'a.png' }],
    ['a text that is to be a voice', Buffer.from('hello'), { type: 'voice', fileName: 'a.txt' }],
    ['a video that is to be a voice', mp4, { type: 'voice' }],
  ])('of a format that is not taken: %s', async (_name, source, options) => {
    await expect(upload(source, options)).rejects.toMatchObject({ code: 'ERR_MEDIA_FORMAT' })
    expect(requests).toEqual([])
  })

  test.each<[string, unknown, UploadOptions, string]>([
    ['nothing', Buffer.alloc(0), {}, 'ERR_MEDIA_EMPTY'],
    ['no source', undefined, {}, 'ERR_MEDIA_SOURCE'],
    ['a file that is not there', '/nowhere/a.png', {}, 'ERR_MEDIA_SOURCE'],
    ['a folder', tmpdir(), {}, 'ERR_MEDIA_SOURCE'],
    ['a device without an end', '/dev/zero', {}, 'ERR_MEDIA_SOURCE'],
    ['a type that does not exist', png, { type: 'sticker' as 'image' }, 'ERR_MEDIA_TYPE'],
  ])('of %s', async (_name, source, options, code) => {
    await expect(upload(source as UploadSource, options)).rejects.toMatchObject({ code })
    expect(requests).toEqual([])
  })

  test('when the signal has aborted, or aborts while the source is read', async () => {
    const controller = new AbortController()
    const source = new Readable({ read: () => controller.abort() })
    await expect(upload(source, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
    await expect(upload(png, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(requests).toEqual([])
  })
})

describe('an upload that fails', () => {
  test('is an ApiError when the platform refuses it with HTTP 200', async () => {
    answer = response => response.end('{"errcode":40004,"errmsg":"不合法的媒体文件类型"}')
    await expect(upload(png)).rejects.toMatchObject({ name: 'ApiError', code: '40004' })
  })

  test('is an ApiError when the answer has no media id', async () => {
    answer = response => response.end('{"errcode":0,"errmsg":"ok"}')
    await expect(upload(png)).rejects.toMatchObject({ name: 'ApiError', code: 'ERR_API_ANSWER' })
  })

  test('for its token is sent again with a new one, whole', async () => {
    const fine = answer
    answer = response => {
      answer = fine
      response.end('{"errcode":42001,"errmsg":"access_token expired"}')
    }
    expect(await upload(Readable.from([png]))).toMatchObject({ mediaId: '@lAL1' })
    expect(uploads.map(({ bytes }) => bytes.equals(png))).toEqual([true, true])
  })

  test('because the connection is cut is not sent twice, and its error holds no token', async () => {
    answer = response => response.destroy()
    const error: unknown = await upload(png).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'NetworkError' })
    expect(uploads).toHaveLength(1)
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('secret-token')
  })

  test('because its signal aborts while it is under way ends with the reason', async () => {
    const controller = new AbortController()
    const reason = new Error('no longer wanted')
    answer = () => controller.abort(reason)
    await expect(upload(png, { signal: controller.signal })).rejects.toBe(reason)
    expect(uploads).toHaveLength(1)
  })

  test('because nothing is answered ends after its timeout', async () => {
    answer = () => {}
    await expect(upload(png, { timeout: 100 })).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(uploads).toHaveLength(1)
  })
})
