import { ReadableStream } from 'node:stream/web'
import type { FileTypeResult } from 'file-type'

/**
 * Number of bytes by which most file types can be told apart: the entry that tells an Office file from a zip is some
 * way in.
 */
export const HEAD: number = 64 * 1024

const PNG: Buffer = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

const OGG: Buffer = Buffer.from('OggS')

/** Detects a file's type by its content; `undefined` for text and unknown types. */
export async function sniff(pieces: readonly Uint8Array[]): Promise<FileTypeResult | undefined> {
  // Loaded by the first file; many bots see none.
  const { fileTypeFromStream } = await import('file-type')
  // As a stream, because a buffer would be a second copy of the file.
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) if (piece.length > 0) controller.enqueue(piece)
      controller.close()
    },
  })
  // A malformed file counts as unknown.
  const found = await fileTypeFromStream(stream).catch(() => undefined)
  if (found) return found
  const [first = new Uint8Array()] = pieces
  // A PNG is only detected when its pixel data begin, and profiles before them may be longer than what was read.
  if (PNG.equals(first.subarray(0, PNG.length))) return { ext: 'png', mime: 'image/png' }
  // An Ogg is only detected when its codec is known.
  if (OGG.equals(first.subarray(0, OGG.length))) return { ext: 'ogg', mime: 'audio/ogg' }
  return undefined
}
