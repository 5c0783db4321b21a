import { Readable } from 'node:stream'

/**
 * How long a recording or a video plays, in milliseconds, by what its file says; `undefined` where that is not known. Never
 * throws: a file that was made to break parsers has no length that is known.
 */
export async function lengthOf(pieces: readonly Uint8Array[], mimeType?: string): Promise<number | undefined> {
  const amr = lengthOfAmr(pieces)
  if (amr !== undefined) return amr
  // Loaded when it is needed: most bots send no recordings.
  const { parseStream } = await import('music-metadata')
  const size = pieces.reduce((total, piece) => total + piece.length, 0)
  const { format } = await parseStream(
    Readable.from(pieces),
    { size, ...(mimeType !== undefined && { mimeType }) },
    { duration: true, skipCovers: true },
  ).catch(() => ({ format: { duration: undefined } }))
  const ms = Math.round((format.duration ?? 0) * 1_000)
  return ms > 0 && Number.isSafeInteger(ms) ? ms : undefined
}

/** How often a recording in AMR has a frame, in milliseconds (RFC 4867, 3.6). */
const FRAME = 20
/** Bytes of a frame behind its first one, by its type (RFC 4867, 5.3; 3GPP TS 26.101 and 26.201). */
const FRAME_BYTES: Readonly<Record<string, readonly number[]>> = {
  '#!AMR\n': [12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0],
  '#!AMR-WB\n': [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0],
}

/** AMR has no header that would say it, and no library reads it: its frames are counted. */
function lengthOfAmr(pieces: readonly Uint8Array[]): number | undefined {
  const bytes = Buffer.concat(pieces.slice(0, 1)).subarray(0, 9).toString('latin1')
  const magic = Object.keys(FRAME_BYTES).find(mark => bytes.startsWith(mark))
  if (magic === undefined) return undefined
  const sizes = FRAME_BYTES[magic] ?? []
  const whole = Buffer.concat(pieces)
  let frames = 0
  for (let at = magic.length; at < whole.length; frames++) at += 1 + (sizes[((whole[at] ?? 0) >> 3) & 0xf] ?? 0)
  return frames > 0 ? frames * FRAME : undefined
}
