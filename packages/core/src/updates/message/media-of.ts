import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { Body } from './body.ts'
import { allElements } from './card-tree.ts'
import type { Message } from './message.ts'
import { typeOf } from './type-of.ts'

/**
 * Reference to a picture, file, voice note or video of a message, for `ctx.download`: by its codes, or in the drive by
 * `dentryId` and `spaceId`.
 *
 * Of files that are quoted in groups sometimes only the name is known.
 */
export interface MediaRef {
  /** Kind of media. */
  readonly kind: 'picture' | 'audio' | 'video' | 'file'
  /** Code to download it with; expires soon. */
  readonly downloadCode?: string | undefined
  /** Second code of a picture, to be tried if `downloadCode` fails. */
  readonly pictureDownloadCode?: string | undefined
  /** Name of the file. */
  readonly fileName?: string | undefined
  /** Id in the drive; only of files sent through the API. */
  readonly dentryId?: string | undefined
  /** Space in the drive. */
  readonly spaceId?: string | undefined
  /** Id of the file in its space. */
  readonly fileId?: string | undefined
  /** File extension. */
  readonly fileType?: string | undefined
  /** Size in bytes. */
  readonly fileSize?: number | undefined
}

/** Pictures of a message, in order, including those of rich text and forwarded chats, but not those of a quote. */
export function imagesOf(message: Message): MediaRef[] {
  return mediaOfBody(message, recordOfMessage(message)).filter(media => media.kind === 'picture')
}

/** Files, voice notes and videos of a message, in order, but not those of a quote. */
export function filesOf(message: Message): MediaRef[] {
  return mediaOfBody(message, recordOfMessage(message)).filter(media => media.kind !== 'picture')
}

/**
 * Lists everything that can be downloaded, by its codes rather than by the message's type: types are missing or new
 * more often than codes.
 */
export function mediaOfBody(body: Body, fields: lenient.Fields): MediaRef[] {
  if (body.msgtype === 'richText') return body.content.richText.flatMap(node => mediaRef(node, node.type))
  const type = body.msgtype === 'unknown' ? body.wireMsgtype : body.msgtype
  // Parsing has found the code of a voice note, which may be in other places.
  const own = mediaRef(body.msgtype === 'audio' ? body.content : lenient.recordOf(fields.content), type)
  return [...own, ...innerMedia(body)]
}

function innerMedia(body: Body): MediaRef[] {
  switch (body.msgtype) {
    case 'chatRecord':
      return body.content.chatRecord.flatMap(item => [
        ...mediaRef(item, item.msgType),
        ...(item.richText ?? []).flatMap(node => mediaRef(node, node.type)),
      ])
    case 'interactiveCard':
      return allElements(body.content.cardContent ?? []).flatMap(({ downloadCode, elementType }) =>
        mediaRef({ downloadCode }, CARD_MEDIA.get(elementType) ?? 'picture'),
      )
    default:
      return []
  }
}

/** Only `IMAGE` has been seen. */
const CARD_MEDIA: ReadonlyMap<string | undefined, MediaRef['kind']> = new Map([
  ['FILE', 'file'],
  ['VIDEO', 'video'],
  ['AUDIO', 'audio'],
])

const { filled, id, number } = lenient

const Locators = v.object({
  downloadCode: filled,
  pictureDownloadCode: filled,
  fileName: filled,
  dentryId: id,
  spaceId: id,
  fileId: id,
  fileType: filled,
  fileSize: number,
})

function mediaRef(raw: unknown, type: string | undefined): MediaRef[] {
  const result = v.safeParse(Locators, raw)
  if (!result.success) return []
  const { downloadCode, pictureDownloadCode, dentryId, spaceId, fileName } = result.output
  if (!downloadCode && !pictureDownloadCode && !(dentryId && spaceId) && !fileName) return []
  return [{ kind: kindOf(type, pictureDownloadCode), ...result.output }]
}

function kindOf(wireType: string | undefined, pictureDownloadCode: string | undefined): MediaRef['kind'] {
  const type = typeOf(wireType)
  if (type === 'picture' || type === 'audio' || type === 'video' || type === 'file') return type
  return pictureDownloadCode ? 'picture' : 'file'
}

function recordOfMessage(message: Message): lenient.Fields {
  return lenient.recordOf(message.raw) ?? {}
}
