import type { Files } from '../apis/files/store.ts'
import type { ApiRequest } from '../http/route.ts'
import { type Answer, refuse } from './answer.ts'
import { toMedia } from './media.ts'

/** Bytes; the most that the platform takes of any file (protocol: media upload). */
const LARGEST_FILE = 20 * 1024 * 1024
const LONGEST_NAME = 255

export function tooLarge(): Answer {
  return refuse(413, 'The file is over 20 MB', '文件超过 20 MB')
}

/**
 * `POST /_sim/files?name=…`: a file that somebody is about to send. The content type is one that a foreign page can not
 * send without being asked.
 */
export function pageUpload(files: Files, { headers, bytes, query }: ApiRequest): Answer {
  if (headers.get('content-type') !== 'application/octet-stream') {
    return refuse(400, 'Content-Type must be application/octet-stream', 'Content-Type 必须是 application/octet-stream')
  }
  if (bytes.length === 0) return refuse(400, 'The file is empty', '文件是空的')
  if (bytes.length > LARGEST_FILE) return tooLarge()
  const name = (query.get('name') ?? '').slice(0, LONGEST_NAME).trim()
  const file = files.put({ name: name || 'file', bytes }, 'file')
  return { status: 201, body: { fileId: file.fileId, media: toMedia(file) } }
}
