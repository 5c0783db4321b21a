import type { MediaRef } from '../../updates/message/media-of.ts'
import type { AddressOptions } from './address.ts'
import type { MediaDeps } from './deps.ts'
import { type DownloadedFile, type DownloadOptions, download, downloadUrl } from './download.ts'
import type { UploadSource } from './source.ts'
import { type UploadedMedia, type UploadOptions, uploadMedia } from './upload.ts'

/** Up- and downloads; part of `Api`. */
export interface Media {
  /**
   * Uploads a file, so that it can be sent by its media id. See {@link uploadMedia}.
   *
   * @example
   * const { mediaId } = await bot.api.upload('./report.pdf')
   * await ctx.reply({ msgtype: 'file', mediaId, fileName: 'report.pdf' })
   */
  upload(source: UploadSource, options?: UploadOptions): Promise<UploadedMedia>
  /** Downloads a file that somebody sent. See {@link download}. */
  download(ref: MediaRef | string, options?: DownloadOptions): Promise<DownloadedFile>
  /** Resolves to the signed, short-lived URL of a file that somebody sent. See {@link downloadUrl}. */
  downloadUrl(ref: MediaRef | string, options?: Omit<AddressOptions, 'userId'>): Promise<string>
}

export function createMedia(deps: MediaDeps): Media {
  return {
    upload: (source, options) => uploadMedia(deps, source, options),
    download: (ref, options) => download(deps, ref, options),
    downloadUrl: (ref, options) => downloadUrl(deps, ref, options),
  }
}
