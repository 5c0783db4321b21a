import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DingTalkError, type Downloader, type FileRequest, parseUrl } from '@dingware/transport'
import type { FetchOptions } from './deps.ts'
import { nameOfDisposition, nameOfUrl, safeFileName } from './file-name.ts'

/**
 * Source of an upload: a `Blob` or `File`, bytes, a file path, a `file:` or `http(s):` URL, or a stream of bytes.
 *
 * A string without a scheme is a path on this machine: never pass one that comes from a message.
 */
export type UploadSource = Blob | Uint8Array | string | URL | AsyncIterable<Uint8Array>

export interface OpenSource {
  readonly chunks: AsyncIterable<unknown>
  /** In bytes, if known before reading. */
  readonly size?: number | undefined
  readonly fileName?: string | undefined
  /** Closes the source without reading it. */
  readonly cancel: () => Promise<void>
}

/**
 * Opens a source. @throws DingTalkError `ERR_MEDIA_SOURCE` if it cannot be read; whatever fetching from a URL throws.
 */
export async function openSource(
  source: UploadSource,
  downloader: Downloader,
  options: FetchOptions,
): Promise<OpenSource> {
  if (source instanceof Uint8Array) return { chunks: once(source), size: source.length, cancel: nothing }
  if (source instanceof Blob) {
    const fileName = source instanceof File ? safeFileName(source.name) : undefined
    const chunks = { [Symbol.asyncIterator]: () => source.stream()[Symbol.asyncIterator]() }
    return { chunks, size: source.size, fileName, cancel: nothing }
  }
  if (typeof source === 'string' && !/^(https?|file):\/\//i.test(source)) return openPath(source)
  if (typeof source === 'string' || source instanceof URL) return openUrl(source, downloader, options)
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) {
    return { chunks: source, cancel: nothing }
  }
  const message = `Nothing was uploaded: the source is of type ${typeof source}. Give bytes, a Blob, a path, a URL or a stream.`
  throw new DingTalkError(message, { code: 'ERR_MEDIA_SOURCE' })
}

async function openPath(path: string): Promise<OpenSource> {
  const stats = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(path, `it cannot be read (${cause.code})`, cause)
  })
  // Devices and pipes have no end.
  if (!stats.isFile()) throw unreadable(path, 'it is no file')
  const read = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(path)
    } catch (cause) {
      throw unreadable(path, 'reading it failed', cause)
    }
  }
  return { chunks: { [Symbol.asyncIterator]: read }, size: stats.size, fileName: basename(path), cancel: nothing }
}

async function openUrl(source: string | URL, downloader: Downloader, options: FetchOptions): Promise<OpenSource> {
  const url = parseUrl(String(source))
  if (url?.protocol === 'file:') return openPath(pathOf(url))
  // Limited by the upload itself, whose error says more.
  const request: FileRequest = { ...options, url: source, maxSize: Number.MAX_SAFE_INTEGER }
  const { body, size, headers } = await downloader.open(request)
  const fileName = nameOfDisposition(headers.get('content-disposition')) ?? (url && nameOfUrl(url))
  return { chunks: body, size, fileName, cancel: () => body.cancel() }
}

function pathOf(url: URL): string {
  try {
    return fileURLToPath(url)
  } catch (cause) {
    throw unreadable(url.href, 'it is no address of a file on this machine', cause)
  }
}

function unreadable(path: string, why: string, cause?: unknown): DingTalkError {
  const message = `${JSON.stringify(path)} was not uploaded: ${why}. Check the path, which counts from ${process.cwd()}.`
  return new DingTalkError(message, { code: 'ERR_MEDIA_SOURCE', cause })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function nothing(): Promise<void> {}
