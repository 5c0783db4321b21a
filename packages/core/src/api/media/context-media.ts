import { DingTalkError } from '@dingware/transport'
import type { MediaRef } from '../../updates/message/media-of.ts'
import type { Quoted } from '../../updates/message/quoted.ts'
import type { DownloadedFile, DownloadOptions } from './download.ts'
import type { Media } from './media.ts'

/** Parts of a context that are needed to find its files. */
export interface MediaContext {
  readonly api: Pick<Media, 'download' | 'upload'>
  readonly robotCode: string
  readonly signal: AbortSignal
  readonly from?: { readonly staffId?: string | undefined } | undefined
  readonly chat?: { readonly id: string; readonly type: 'private' | 'group' } | undefined
  readonly quoted?: Pick<Quoted, 'msgtype' | 'createAt' | 'images' | 'files'> | undefined
  images(): readonly MediaRef[]
  files(): readonly MediaRef[]
}

/**
 * Downloads a file of a message; by default the first one, where the message's own files come before those of the
 * quoted message.
 *
 * @throws DingTalkError `ERR_MEDIA_REF` if there is none; whatever `api.download` throws.
 * @example
 * bot.on('chatbot:file', async ctx => {
 *   const { fileName, buffer } = await ctx.download()
 *   await ctx.replyText(`${fileName}: ${(await buffer()).length} bytes`)
 * })
 */
export async function downloadFrom(
  ctx: MediaContext,
  ref: MediaRef | string | undefined = firstMedia(ctx),
  options: DownloadOptions = {},
): Promise<DownloadedFile> {
  if (ref === undefined) {
    const message =
      'There is nothing to download: the message has no picture and no file. Ask with ctx.images() and ctx.files() first, or listen to chatbot:picture, chatbot:file and the like.'
    throw new DingTalkError(message, { code: 'ERR_MEDIA_REF' })
  }
  const { robotCode, signal, from, chat, quoted } = ctx
  const openConversationId = chat?.type === 'group' ? chat.id : undefined
  const place = { userId: from?.staffId, openConversationId, sentAt: quoted?.createAt }
  return ctx.api.download(ref, { robotCode, signal, ...place, ...options })
}

/**
 * Uploads the pictures of a message again, in their order, and returns their media ids: download codes expire, media
 * ids do not. Works on one picture at a time, to save memory.
 *
 * @throws whatever `api.download` and `api.upload` throw, at the first picture that fails.
 * @example
 * for (const mediaId of await ctx.reuploadImages()) await ctx.reply({ msgtype: 'image', photoURL: mediaId })
 */
export async function reuploadImages(ctx: MediaContext, options: DownloadOptions = {}): Promise<string[]> {
  const mediaIds: string[] = []
  for (const image of ctx.images()) {
    const { stream, fileName } = await downloadFrom(ctx, image, options)
    const { signal = ctx.signal, timeout } = options
    const { mediaId } = await ctx.api.upload(stream, { type: 'image', fileName, signal, timeout })
    mediaIds.push(mediaId)
  }
  return mediaIds
}

function firstMedia(ctx: MediaContext): MediaRef | undefined {
  const { quoted } = ctx
  const [first] = [...ctx.images(), ...ctx.files(), ...(quoted?.images ?? []), ...(quoted?.files ?? [])]
  // Of some files that are quoted in groups nothing is known but that they are files, and their time.
  return first ?? (quoted?.msgtype === 'file' ? { kind: 'file' } : undefined)
}
