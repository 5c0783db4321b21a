import { ReadableStream } from 'node:stream/web'
import { type FileTypeResult, fileTypeFromStream } from 'file-type'

/** Bytes of a file's beginning that tell most types apart: what tells Office files from zips lies some way in. */
export const HEAD: number = 64 * 1024

const PNG: Buffer = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

const OGG: Buffer = Buffer.from('OggS')

/** What a file is by its content; `undefined` for text, and for what is not known. */
export async function sniff(pieces: readonly Uint8Array[]): Promise<FileTypeResult | undefined> {
  // A stream, because a buffer would be a second copy of the file.
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) if (piece.length > 0) controller.enqueue(piece)
      controller.close()
    },
  })
  // A file that was made to break parsers is none that is known.
  const found = await fileTypeFromStream(stream).catch(() => undefined)
  if (found) return found
  const [first = new Uint8Array()] = pieces
  // A PNG is taken for one only once its pixels begin, and profiles before them may be longer than what is at hand.
  if (PNG.equals(first.subarray(0, PNG.length))) return { ext: 'png', mime: 'image/png' }
  // An Ogg is one only once its codec is known.
  if (OGG.equals(first.subarray(0, OGG.length))) return { ext: 'ogg', mime: 'audio/ogg' }
  return undefined
}
