import type { ReadableStream } from 'node:stream/web'
import { DingTalkError, type OpenFile } from '@dingware/transport'
import type { MediaRef } from '../../updates/message/media-of.ts'
import { firstOf, waysTo } from './address.ts'
import type { Address, AddressOptions } from './address-types.ts'
import type { FetchOptions, MediaDeps } from './deps.ts'
import { nameOfDisposition, safeFileName } from './file-name.ts'
import { peek } from './peek.ts'
import { HEAD, sniff } from './sniff.ts'

export interface DownloadOptions extends FetchOptions, AddressOptions {
  /** Bytes; a larger file is an error, at the latest while it is read. Default 20 MiB. */
  readonly maxSize?: number | undefined
}

/** A file that somebody sent. */
export interface DownloadedFile {
  /**
   * The content, read from the network as it is read here. Read it or cancel it: until then, or the timeout, it keeps a
   * connection busy. It errors with a NetworkError or TimeoutError when it breaks off.
   */
  readonly stream: ReadableStream<Uint8Array>
  /** As its sender named it, without folders and control characters. Not for paths: let it be text. */
  readonly fileName?: string | undefined
  /** As the server says, or by the content where it says nothing. */
  readonly mimeType: string
  /** Bytes, where they are known before reading. */
  readonly size?: number | undefined
  /** The whole content, in memory. Not after `stream` was read. */
  buffer(): Promise<Buffer>
}

/**
 * Downloads what somebody sent (open.dingtalk.com: download-the-file-content-of-the-robot-receiving-message). Do it at
 * once: download codes expire.
 *
 * The file is fetched from the public internet only, and without credentials; see `trustedHosts`.
 *
 * @param ref What `ctx.images()` and `ctx.files()` give, or a download code.
 * @throws DingTalkError `ERR_MEDIA_REF` where the file cannot be found; ApiError; NetworkError with `ERR_FILE_TOO_LARGE`,
 *   `ERR_ADDRESS_NOT_PUBLIC` and others; TimeoutError; the signal's reason.
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
 * Gives the signed URL of what somebody sent. It opens without further proof for whoever has it, and for a short time
 * only: do not log it.
 *
 * Hint: send no headers of your own along with it, or the signature does not fit.
 * @throws As {@link download}; also `ERR_MEDIA_REF` for files in the drive, whose URL opens only with headers.
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

/** What servers say that do not know what they serve. */
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
