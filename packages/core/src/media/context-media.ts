import { DingTalkError } from '@dingware/transport'
import type { MediaRef } from '../message/media-of.ts'
import type { DownloadedFile, DownloadOptions } from './download.ts'
import type { Media } from './media.ts'

/** What of a context tells where its files are. */
export interface MediaContext {
  readonly api: Pick<Media, 'download' | 'upload'>
  readonly robotCode: string
  readonly signal: AbortSignal
  readonly from?: { readonly staffId?: string | undefined } | undefined
  readonly quoted?: { readonly images: readonly MediaRef[]; readonly files: readonly MediaRef[] } | undefined
  images(): readonly MediaRef[]
  files(): readonly MediaRef[]
}

/**
 * Downloads a file of a message, by default its first: what it carries itself goes before what it quotes.
 *
 * @throws DingTalkError `ERR_MEDIA_REF` where there is none; whatever `api.download` throws.
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
  const { robotCode, signal, from } = ctx
  return ctx.api.download(ref, { robotCode, signal, userId: from?.staffId, ...options })
}

/**
 * Uploads the pictures of a message anew, in their order, and gives their media ids: download codes expire, media ids do
 * not. One at a time, so that there is never more than one in memory.
 *
 * @throws What `api.download` and `api.upload` throw, for the first picture that fails.
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
  return [...ctx.images(), ...ctx.files(), ...(quoted?.images ?? []), ...(quoted?.files ?? [])][0]
}
