import { lengthOfAmr } from './length-of-amr.ts'
import { lengthOfMp4 } from './length-of-mp4.ts'

/**
 * How long a recording or a video plays, in milliseconds, by what its file says; `undefined` where that is not known. Never
 * throws: a file that was made to break parsers has no length that is known.
 */
export async function lengthOf(pieces: readonly Uint8Array[], mimeType = ''): Promise<number | undefined> {
  const file = new Blob([...pieces], { type: mimeType })
  return (await lengthOfAmr(file)) ?? (await lengthOfMp4(file)) ?? (await lengthByLibrary(file))
}

async function lengthByLibrary(file: Blob): Promise<number | undefined> {
  // Loaded when it is needed: most bots send no recordings.
  const { parseBlob } = await import('music-metadata')
  const found = await parseBlob(file, { duration: true, skipCovers: true }).catch(() => undefined)
  const ms = Math.round((found?.format.duration ?? 0) * 1_000)
  return ms > 0 && Number.isSafeInteger(ms) ? ms : undefined
}
