/** Milliseconds per frame (RFC 4867, 3.6). */
const FRAME = 20
/** Bytes of a frame after its first one, by frame type (RFC 4867, 5.3; 3GPP TS 26.101 and 26.201). */
const FRAME_BYTES: Readonly<Record<string, readonly number[]>> = {
  '#!AMR\n': [12, 13, 15, 17, 19, 20, 26, 31, 5],
  '#!AMR-WB\n': [17, 23, 32, 36, 40, 46, 50, 58, 60, 5],
}

/**
 * Duration of an AMR recording in milliseconds. No header states it, and no library reads it, so the frames are
 * counted.
 */
export async function lengthOfAmr(file: Blob): Promise<number | undefined> {
  const start = await file.slice(0, 9).text()
  const [magic = '', sizes] = Object.entries(FRAME_BYTES).find(([mark]) => start.startsWith(mark)) ?? []
  if (!sizes) return undefined
  const bytes = new Uint8Array(await file.arrayBuffer())
  let frames = 0
  for (let at = magic.length; at < bytes.length; frames++) at += 1 + (sizes[((bytes[at] ?? 0) >> 3) & 0xf] ?? 0)
  return frames > 0 ? frames * FRAME : undefined
}
