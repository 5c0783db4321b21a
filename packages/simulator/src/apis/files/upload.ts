import type { Clock } from '../../clock/clock.ts'
import { type ApiAnswer, oapi } from '../../http/answers.ts'
import type { ApiRequest, Route } from '../../http/route.ts'
import type { Files } from './store.ts'

const MB = 1024 * 1024

interface Kind {
  /** The largest size in bytes. */
  readonly max: number
  takes(ending: string): boolean
}

const anyOf =
  (...endings: readonly string[]) =>
  (ending: string) =>
    endings.includes(ending)

/** The files that may be uploaded, by type. */
const kinds: Readonly<Record<string, Kind>> = {
  image: { max: 20 * MB, takes: anyOf('jpg', 'jpeg', 'gif', 'png', 'bmp') },
  // ogg is in no list, and is what sampleAudio wants (robot-message-type; AstrBot#6082).
  voice: { max: 2 * MB, takes: anyOf('amr', 'mp3', 'wav', 'ogg') },
  video: { max: 20 * MB, takes: anyOf('mp4') },
  // The page lists the endings of offices and archives; txt (QwenPaw#3760) and md (soimy#482) are taken as well, and html
  // is refused (nanobot#2696). unproven: that everything else is taken.
  file: { max: 20 * MB, takes: ending => !anyOf('html', 'htm')(ending) },
}

/** `POST /media/upload` of oapi.dingtalk.com: multipart, the file in the field `media`. */
export function uploadRoute({ files, clock }: { files: Files; clock: Pick<Clock, 'now'> }): Route {
  return {
    method: 'POST',
    path: '/media/upload',
    auth: 'query',
    async handle(request) {
      const form = await readForm(request)
      const type = request.query.get('type') ?? form?.get('type')
      const kind = typeof type === 'string' ? kinds[type] : undefined
      if (typeof type !== 'string' || !kind) return oapi(40004, '不合法的媒体文件类型')
      const media = form?.get('media')
      if (!(media instanceof File) || media.size === 0) return oapi(41005, '缺少多媒体文件数据')
      const refusal = check(media, kind)
      if (refusal) return refusal
      const file = files.put({ name: media.name, bytes: new Uint8Array(await media.arrayBuffer()) }, media.name)
      return oapi(0, 'ok', { media_id: files.upload(file), created_at: clock.now(), type })
    },
  }
}

function check(media: File, kind: Kind): ApiAnswer | undefined {
  const ending = media.name.slice(media.name.lastIndexOf('.') + 1).toLowerCase()
  if (!kind.takes(ending)) return oapi(40005, '不合法的文件类型')
  return media.size > kind.max ? oapi(40006, '不合法的文件大小') : undefined
}

async function readForm({ headers, bytes }: ApiRequest): Promise<FormData | undefined> {
  const type = headers.get('content-type') ?? ''
  if (!type.startsWith('multipart/form-data')) return undefined
  const body = new Response(bytes, { headers: { 'content-type': type } })
  return body.formData().catch(() => undefined)
}
