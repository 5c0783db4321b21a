import { fileTypeFromBuffer } from 'file-type'
import { dentryId } from '../apis/files/drive.ts'
import type { Files, StoredFile } from '../apis/files/store.ts'
import type { PageMedia } from './protocol.ts'

/** Types that a browser may show inline. Everything else is a download: an SVG or HTML of this origin could run scripts. */
const SHOWN: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/avif',
  'audio/mpeg',
  'audio/wav',
  'audio/ogg',
  'audio/x-m4a',
  'audio/aac',
  'audio/flac',
  'video/mp4',
  'video/webm',
  'video/quicktime',
]

/** Whatever slips through may still do nothing, and may be embedded by nobody else. */
const HARMLESS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'private, max-age=3600, immutable',
}

const PATH = '/_sim/media/'

/** A file of the simulator, as the page may load it. */
export function toMedia({ fileId, name, bytes }: StoredFile): PageMedia {
  return { name, url: PATH + fileId, size: bytes.length }
}

/** A picture or file that a bot names by media id or by address. */
export function mediaOf(files: Files, reference: string, name: string = reference): PageMedia {
  const file = files.media(reference)
  if (file) return toMedia(file)
  return /^https?:\/\//i.test(reference) ? { name, url: reference } : { name }
}

/** A file that a person has sent: by its download code, or by its place in the drive. */
export function fileSent(
  files: Files,
  sent: { readonly downloadCode: string; readonly fileName: string; readonly dentryId?: string },
): PageMedia {
  const file =
    files.sentAs(sent.downloadCode) ??
    (sent.dentryId ? files.list().find(({ fileId }) => dentryId(fileId) === sent.dentryId) : undefined)
  return file ? toMedia(file) : { name: sent.fileName }
}

/** `GET /_sim/media/:id`: a file by its id, or by the media id of a bot's upload. */
export async function mediaResponse(files: Files, id: string): Promise<Response | undefined> {
  const file = files.get(id) ?? files.media(id)
  if (!file) return undefined
  const type = (await fileTypeFromBuffer(file.bytes))?.mime
  const isShown = type !== undefined && SHOWN.includes(type)
  return new Response(file.bytes, {
    headers: {
      ...HARMLESS,
      'content-type': isShown ? type : 'application/octet-stream',
      'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(file.name)}`,
    },
  })
}

/** RFC 8187; a lone surrogate, which has no code, becomes a replacement character on its way through the bytes. */
function encoded(name: string): string {
  return encodeURIComponent(Buffer.from(name).toString()).replaceAll(
    /['()*]/g,
    char => `%${char.charCodeAt(0).toString(16)}`,
  )
}
