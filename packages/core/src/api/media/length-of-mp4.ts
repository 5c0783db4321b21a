/** Box of an MP4 file: its type and the range of its content. */
interface Box {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** Limit of boxes at one level; no video has as many. */
const MOST_BOXES = 10_000

/**
 * Duration of an MP4 video in milliseconds, from the header of its presentation (ISO/IEC 14496-12: `moov`, `mvhd`),
 * which may be at the end of the file. `music-metadata` reads audio tracks only, and a video may have none.
 */
export async function lengthOfMp4(file: Blob): Promise<number | undefined> {
  const [first] = await boxesIn(file, 0, 8)
  if (first?.type !== 'ftyp') return undefined
  const movie = (await boxesIn(file, 0, file.size)).find(({ type }) => type === 'moov')
  const header = movie && (await boxesIn(file, movie.start, movie.end)).find(({ type }) => type === 'mvhd')
  if (!header || header.end - header.start < 32) return undefined
  const view = await viewOf(file, header.start, header.start + 32)
  const isLong = view.getUint8(0) === 1
  const scale = view.getUint32(isLong ? 20 : 12)
  const length = isLong ? Number(view.getBigUint64(24)) : view.getUint32(16)
  // All bits set means unknown at the time of writing.
  if (scale === 0 || length === 0 || length >= (isLong ? 2 ** 63 : 2 ** 32 - 1)) return undefined
  const ms = Math.round((length / scale) * 1_000)
  return ms > 0 && Number.isSafeInteger(ms) ? ms : undefined
}

/** Lists the boxes that begin within a range. */
async function boxesIn(file: Blob, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = []
  for (let at = from; at + 8 <= to && at + 8 <= file.size && boxes.length < MOST_BOXES; ) {
    const view = await viewOf(file, at, at + 16)
    const size = view.getUint32(0)
    const type = String.fromCharCode(...[4, 5, 6, 7].map(place => view.getUint8(place)))
    const isLong = size === 1 && view.byteLength === 16
    const head = isLong ? 16 : 8
    const end = size === 0 ? file.size : at + (isLong ? Number(view.getBigUint64(8)) : size)
    // A box that is smaller than its own header is invalid.
    if (end < at + head) break
    boxes.push({ type, start: at + head, end: Math.min(end, file.size) })
    at = end
  }
  return boxes
}

async function viewOf(file: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await file.slice(from, to).arrayBuffer())
}
