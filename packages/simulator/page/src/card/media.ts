import type { PageMedia } from '../../../src/page/protocol.ts'

/** A picture that a card's variable names: an address, or the media id of an upload. */
export function mediaIn(reference: string): PageMedia {
  if (/^https?:\/\//i.test(reference)) return { name: reference, url: reference }
  if (/^[@$]\w/.test(reference)) return { name: reference, url: `/_sim/media/${encodeURIComponent(reference)}` }
  return { name: reference }
}
