import { Readable } from 'node:stream'
import { createDeferred, DingTalkError } from '@dingware/transport'

const BLOCK = 256 * 1024

export interface Collected {
  readonly pieces: readonly Uint8Array[]
  /** In bytes. */
  readonly size: number
}

/**
 * Reads a source to its end, into blocks of its own: a source may yield many tiny chunks, or one buffer that it fills
 * again and again. Stops at the first byte beyond `maxSize`, and closes the source.
 *
 * @param onTooLarge has to throw
 * @throws DingTalkError `ERR_MEDIA_SOURCE` for chunks that are not bytes; the signal's reason; whatever the source
 * throws.
 */
export async function collect(
  source: AsyncIterable<unknown>,
  { maxSize, onTooLarge, signal }: CollectOptions,
): Promise<Collected> {
  signal?.throwIfAborted()
  const pieces: Uint8Array[] = []
  let block = Buffer.alloc(0)
  let used = 0
  let size = 0
  const append = (chunk: Uint8Array): void => {
    for (let from = 0; from < chunk.length; ) {
      if (used === block.length) {
        block = Buffer.allocUnsafeSlow(Math.min(BLOCK, maxSize))
        pieces.push(block)
        used = 0
      }
      const part = chunk.subarray(from, from + block.length - used)
      block.set(part, used)
      used += part.length
      from += part.length
    }
  }
  await forEach(source, signal, chunk => {
    size += chunk.length
    if (size > maxSize) onTooLarge(size)
    append(chunk)
  })
  const last = pieces.pop()
  return { pieces: last ? [...pieces, last.subarray(0, used)] : [], size }
}

export interface CollectOptions {
  readonly maxSize: number
  readonly onTooLarge: (size: number) => void
  readonly signal?: AbortSignal | undefined
}

/** Like `for await`, but ends on abort even if the source yields nothing more. */
async function forEach(
  source: AsyncIterable<unknown>,
  signal: AbortSignal | undefined,
  visit: (chunk: Uint8Array) => void,
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]()
  const aborted = createDeferred<never>()
  const onAbort = (): void => aborted.reject(signal?.reason)
  const run = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await iterator.next()
      if (done || signal?.aborted) return
      if (!(value instanceof Uint8Array)) throw notBytes(value)
      visit(value)
    }
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    // A single race for all chunks: one per chunk would leave a reaction on the long-lived promise each time.
    await Promise.race([aborted.promise, run()])
  } catch (error) {
    // Not awaited: it waits for the chunk that does not come, and its result does not matter.
    Promise.resolve(iterator.return?.()).catch(() => {})
    if (source instanceof Readable) source.destroy()
    throw error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}

function notBytes(value: unknown): DingTalkError {
  const message = `The source of an upload gave a ${typeof value} in place of bytes (Uint8Array), so it was not uploaded. Streams give text when they have an encoding: leave that out.`
  return new DingTalkError(message, { code: 'ERR_MEDIA_SOURCE' })
}
