import type { ReadableStream } from 'node:stream/web'
import { DingTalkError, type OpenFile } from '@dingware/transport'
import type { MediaRef } from '../../updates/message/media-of.ts'
import { type Address, type AddressOptions, firstOf, waysTo } from './address.ts'
import type { FetchOptions, MediaDeps } from './deps.ts'
import { nameOfDisposition, safeFileName } from './file-name.ts'
import { peek } from './peek.ts'
import { HEAD, sniff } from './sniff.ts'

/** Options of `ctx.download` and `api.download`. */
export interface DownloadOptions extends FetchOptions, AddressOptions {
  /** Maximum size in bytes; a larger file is an error, at the latest while reading. Default 20 MiB. */
  readonly maxSize?: number | undefined
}

/** Downloaded file: its metadata, and its content as a stream or a buffer. */
export interface DownloadedFile {
  /**
   * Content as a stream from the network. Read or cancel it; until then, or the timeout, it occupies a connection. It
   * errors with NetworkError or TimeoutError if the transfer breaks off.
   */
  readonly stream: ReadableStream<Uint8Array>
  /** Name that the sender gave it, without folders and control characters. Show it, but do not build paths from it. */
  readonly fileName?: string | undefined
  /** Content type, from the server, or from the content if the server gives none. */
  readonly mimeType: string
  /** Size in bytes, if known before reading. */
  readonly size?: number | undefined
  /** Reads the whole content into memory. Not possible after `stream` was read. */
  buffer(): Promise<Buffer>
}

/**
 * Downloads a file that somebody sent (open.dingtalk.com: download-the-file-content-of-the-robot-receiving-message). Do
 * so at once, since download codes expire. In handlers, `ctx.download` is shorter.
 *
 * Files are fetched from the public internet only, and without credentials; see `trustedHosts`.
 *
 * @param ref an item of `ctx.images()` or `ctx.files()`, or a download code
 * @throws DingTalkError `ERR_MEDIA_REF` if the file cannot be located
 * @throws NetworkError with `ERR_FILE_TOO_LARGE`, `ERR_ADDRESS_NOT_PUBLIC` and others; TimeoutError; ApiError; the
 * signal's reason
 * @example
 * const { mimeType, fileName, buffer } = await api.download(ref)
 * const bytes = await buffer()
 */
export async function download(
  deps: MediaDeps,
  ref: MediaRef | string,
  options: DownloadOptions = {},
): Promise<DownloadedFile> {
  options.signal?.throwIfAborted()
  const { maxSize, timeout, signal, trustedHosts } = options
  const fetch = ({ url, headers }: Address): Promise<OpenFile> =>
    deps.downloader.open({ url, headers, maxSize, timeout, signal, trustedHosts })
  const file = await firstOf(waysTo(deps, ref, options), fetch)
  return describe(file, typeof ref === 'string' ? undefined : ref.fileName)
}

/**
 * Resolves to the signed URL of a file that somebody sent. Whoever has the URL can open it, for a short time: do not
 * log it.
 *
 * Send no headers of your own with it, or the signature does not match.
 *
 * @throws like {@link download}; also `ERR_MEDIA_REF` for files in the drive, whose URL needs headers.
 */
export function downloadUrl(
  deps: MediaDeps,
  ref: MediaRef | string,
  options: Omit<AddressOptions, 'userId'> = {},
): Promise<string> {
  return firstOf(waysTo(deps, ref, options), async ({ url, headers = {} }) => {
    if (Object.keys(headers).length === 0) return url
    const message = 'The file has no URL that opens by itself: it lies in the drive. Use download() with `userId`.'
    throw new DingTalkError(message, { code: 'ERR_MEDIA_REF' })
  })
}

/** Content types of servers that do not know the type. */
const GENERIC = /^$|^(application|binary)\/(octet-stream|x-download|force-download|x-binary)$/

async function describe({ headers, body, size }: OpenFile, name: string | undefined): Promise<DownloadedFile> {
  const [said = ''] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  const isGeneric = GENERIC.test(said.trim())
  const peeked = isGeneric ? await peek(body, HEAD) : undefined
  const found = peeked && (await sniff(peeked.head))
  const stream = peeked?.body ?? body
  let whole: Promise<Buffer> | undefined
  return {
    stream,
    size,
    fileName: safeFileName(name) ?? nameOfDisposition(headers.get('content-disposition')),
    mimeType: found?.mime ?? (isGeneric ? 'application/octet-stream' : said.trim()),
    buffer() {
      whole ??= bufferOf(stream)
      return whole
    },
  }
}

async function bufferOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
