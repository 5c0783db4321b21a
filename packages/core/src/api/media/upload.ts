import { DingTalkError } from '@dingware/transport'
import * as v from 'valibot'
import type { ApiCall } from '../api-call.ts'
import { type Collected, collect } from './collect.ts'
import type { FetchOptions, MediaDeps } from './deps.ts'
import { safeFileName } from './file-name.ts'
import { checkSize, fileNameFor, LARGEST, MEDIA_RULES, MEDIA_TYPES, type MediaType, mediaTypeOf } from './formats.ts'
import { lengthOf } from './length.ts'
import { sniff } from './sniff.ts'
import { type OpenSource, openSource, type UploadSource } from './source.ts'

/** Options of `api.upload`. */
export interface UploadOptions extends FetchOptions {
  /**
   * Media type. Default: by the content, `file` if it is neither picture, voice nor video. A type that does not match
   * the content is an error.
   */
  readonly type?: MediaType | undefined
  /** File name that people see. Default: the name of the file or URL. A wrong extension is corrected by the content. */
  readonly fileName?: string | undefined
}

/** Uploaded file, ready to be sent. */
export interface UploadedMedia {
  /**
   * Media id, which begins with `@` or `$`. May be sent any number of times; only DingTalk can open it, so it is no
   * address for cards or web pages.
   */
  readonly mediaId: string
  /** Media type under which it was uploaded. */
  readonly type: MediaType
  /**
   * Duration in milliseconds, for voice and video if the file tells it. An `audio` message takes it as it is, a `video`
   * message seconds.
   */
  readonly duration?: number | undefined
}

const Answer = v.object({ media_id: v.pipe(v.string(), v.nonEmpty()) })

/**
 * Uploads a file, so that it can be sent by its media id (open.dingtalk.com: upload-media-files). Size and obviously
 * wrong formats are checked before anything is sent. The file is held in memory. An upload whose outcome is unknown is
 * not repeated.
 *
 * @throws DingTalkError `ERR_MEDIA_TOO_LARGE`, `ERR_MEDIA_FORMAT`, `ERR_MEDIA_EMPTY`, `ERR_MEDIA_TYPE`,
 * `ERR_MEDIA_SOURCE`
 * @throws ApiError, NetworkError, TimeoutError; the signal's reason
 * @example
 * const { mediaId } = await api.upload('./report.pdf')
 * await api.upload(buffer, { fileName: '报表.xlsx' })
 */
export async function uploadMedia(
  deps: MediaDeps,
  source: UploadSource,
  options: UploadOptions = {},
): Promise<UploadedMedia> {
  const { type, timeout = 60_000, signal } = options
  if (type !== undefined && !MEDIA_TYPES.includes(type)) throw unknownType(type)
  signal?.throwIfAborted()
  const opened = await openSource(source, deps.downloader, options)
  const name = safeFileName(options.fileName) ?? opened.fileName
  const what = name === undefined ? 'The media' : JSON.stringify(name)
  const { pieces, size } = await read(opened, { what, type, signal })
  if (size === 0) throw empty(what)
  const content = { ...(await sniff(pieces)), start: startOf(pieces) }
  const actual = mediaTypeOf(what, content, name, type)
  checkSize(what, size, actual)
  const duration = actual === 'voice' || actual === 'video' ? await lengthOf(pieces, content.mime) : undefined
  const mimeType = content.mime ?? 'application/octet-stream'
  const file = { fileName: fileNameFor(content, name, actual), type: mimeType, content: pieces }
  const call: ApiCall = {
    method: 'POST',
    base: 'oapi',
    path: '/media/upload',
    query: { type: actual },
    form: { media: file },
    timeout,
    signal,
  }
  const answer = await deps.call(call, Answer)
  return { mediaId: answer.media_id, type: actual, ...(duration !== undefined && { duration }) }
}

/** Number of bytes that show whether a file is a web page. */
const START = 1_024

function startOf([first]: readonly Uint8Array[]): string {
  return Buffer.from(first?.subarray(0, START) ?? []).toString()
}

interface ReadOptions {
  readonly what: string
  readonly type: MediaType | undefined
  readonly signal: AbortSignal | undefined
}

async function read(opened: OpenSource, { what, type, signal }: ReadOptions): Promise<Collected> {
  const check = (size: number): void => checkSize(what, size, type)
  try {
    check(opened.size ?? 0)
  } catch (error) {
    await opened.cancel()
    throw error
  }
  const maxSize = type ? MEDIA_RULES[type].maxSize : LARGEST
  return collect(opened.chunks, { maxSize, onTooLarge: check, signal })
}

function unknownType(type: string): DingTalkError {
  const message = `Nothing was uploaded: there is no media type ${JSON.stringify(type)}. The types are ${MEDIA_TYPES.join(', ')}; left out, the content decides.`
  return new DingTalkError(message, { code: 'ERR_MEDIA_TYPE' })
}

function empty(what: string): DingTalkError {
  const message = `${what} was not uploaded: it is empty, which the platform refuses. Check that its source was not read before.`
  return new DingTalkError(message, { code: 'ERR_MEDIA_EMPTY' })
}
