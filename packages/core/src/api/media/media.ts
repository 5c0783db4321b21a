import type { MediaRef } from '../../updates/message/media-of.ts'
import type { AddressOptions } from './address-types.ts'
import type { MediaDeps } from './deps.ts'
import { type DownloadedFile, type DownloadOptions, download, downloadUrl } from './download.ts'
import type { UploadSource } from './source.ts'
import { type UploadedMedia, type UploadOptions, uploadMedia } from './upload.ts'

/** Files in both directions; part of `Api`. */
export interface Media {
  /** As {@link uploadMedia}. */
  upload(source: UploadSource, options?: UploadOptions): Promise<UploadedMedia>
  /** As {@link download}. */
  download(ref: MediaRef | string, options?: DownloadOptions): Promise<DownloadedFile>
  /** As {@link downloadUrl}. */
  downloadUrl(ref: MediaRef | string, options?: Omit<AddressOptions, 'userId'>): Promise<string>
}

export function createMedia(deps: MediaDeps): Media {
  return {
    upload: (source, options) => uploadMedia(deps, source, options),
    download: (ref, options) => download(deps, ref, options),
    downloadUrl: (ref, options) => downloadUrl(deps, ref, options),
  }
}
