import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { Body } from './body.ts'
import { allElements } from './card-tree.ts'
import type { Message } from './message.ts'
import { typeOf } from './type-of.ts'

/**
 * A picture, a file, …, and where it is: to be downloaded by its codes, or from the drive by `dentryId` and `spaceId`.
 *
 * Hint: of files quoted in groups sometimes nothing is known but their name.
 */
export interface MediaRef {
  readonly kind: 'picture' | 'audio' | 'video' | 'file'
  /** To be exchanged for a URL soon: codes expire. */
  readonly downloadCode?: string | undefined
  /** Pictures only: to be tried when `downloadCode` fails. */
  readonly pictureDownloadCode?: string | undefined
  readonly fileName?: string | undefined
  /** Files sent through the API only. */
  readonly dentryId?: string | undefined
  readonly spaceId?: string | undefined
  readonly fileId?: string | undefined
  readonly fileType?: string | undefined
  /** Bytes. */
  readonly fileSize?: number | undefined
}

/** The pictures of a message, in their order: those of rich text and of forwarded chats, too, but not those of a quote. */
export function imagesOf(message: Message): MediaRef[] {
  return mediaOfBody(message, recordOfMessage(message)).filter(media => media.kind === 'picture')
}

/** What else a message has to download, in its order: files, voice notes and videos, but not those of a quote. */
export function filesOf(message: Message): MediaRef[] {
  return mediaOfBody(message, recordOfMessage(message)).filter(media => media.kind !== 'picture')
}

/**
 * Everything that can be downloaded, found by what locates it and not by what the message calls itself: types are
 * missing or new more often than download codes are.
 */
export function mediaOfBody(body: Body, fields: lenient.Fields): MediaRef[] {
  if (body.msgtype === 'richText') return body.content.richText.flatMap(node => mediaRef(node, node.type))
  const type = body.msgtype === 'unknown' ? body.wireMsgtype : body.msgtype
  // A voice note may have its code in other places, where reading it has found it.
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

/** Seen is `IMAGE` alone. */
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
