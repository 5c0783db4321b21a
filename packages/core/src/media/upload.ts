import { DingTalkError } from '@dingware/transport'
import * as v from 'valibot'
import type { ApiCall } from '../api/api-call.ts'
import { type Collected, collect } from './collect.ts'
import type { FetchOptions, MediaDeps } from './deps.ts'
import { safeFileName, withEnding } from './file-name.ts'
import {
  checkSize,
  formatOf,
  LARGEST,
  MEDIA_RULES,
  MEDIA_TYPES,
  type MediaType,
  typeOfFormat,
  wrongFormat,
} from './formats.ts'
import { sniff } from './sniff.ts'
import { type OpenSource, openSource, type UploadSource } from './source.ts'

export interface UploadOptions extends FetchOptions {
  /** Default: what the content is. A type that does not fit the content is an error. */
  readonly type?: MediaType | undefined
  /**
   * What people see of files. Default: the name of the file or the URL. Its ending is corrected where it contradicts the
   * content.
   */
  readonly fileName?: string | undefined
}

export interface UploadedMedia {
  /** Begins with `@` or `$`. Can be sent any number of times; only DingTalk itself can open it. */
  readonly mediaId: string
  readonly type: MediaType
}

const Answer = v.object({ media_id: v.pipe(v.string(), v.nonEmpty()) })

/**
 * Uploads a file, so that it can be sent by its media id (open.dingtalk.com: upload-media-files). Size and format are
 * checked before anything is sent; at most the size that is permitted is held in memory. An upload whose fate is unknown
 * is not repeated.
 *
 * @throws DingTalkError `ERR_MEDIA_TOO_LARGE`, `ERR_MEDIA_FORMAT`, `ERR_MEDIA_EMPTY`, `ERR_MEDIA_SOURCE`; ApiError,
 *   NetworkError, TimeoutError; the signal's reason.
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
  const content = await sniff(pieces)
  const format = formatOf(content?.ext, name)
  const actual = type ?? typeOfFormat(format)
  if (!actual || format === undefined || !MEDIA_RULES[actual].formats.includes(format)) {
    throw wrongFormat(what, format, type)
  }
  checkSize(what, size, actual)
  const mimeType = content?.mime ?? 'application/octet-stream'
  const file = { fileName: withEnding(name ?? 'media', format), type: mimeType, content: pieces }
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
  return { mediaId: answer.media_id, type: actual }
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
