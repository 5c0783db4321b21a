import { lengthOfAmr } from './length-of-amr.ts'
import { lengthOfMp4 } from './length-of-mp4.ts'

/**
 * Duration of a recording or video in milliseconds, read from the file; `undefined` if unknown. Never throws: a
 * malformed file has no known duration.
 */
export async function lengthOf(pieces: readonly Uint8Array[], mimeType = ''): Promise<number | undefined> {
  const file = new Blob([...pieces], { type: mimeType })
  return (await lengthOfAmr(file)) ?? (await lengthOfMp4(file)) ?? (await lengthByLibrary(file))
}

async function lengthByLibrary(file: Blob): Promise<number | undefined> {
  // Imported on demand, since most bots send no recordings.
  const { parseBlob } = await import('music-metadata')
  const found = await parseBlob(file, { duration: true, skipCovers: true }).catch(() => undefined)
  const ms = Math.round((found?.format.duration ?? 0) * 1_000)
  return ms > 0 && Number.isSafeInteger(ms) ? ms : undefined
}
