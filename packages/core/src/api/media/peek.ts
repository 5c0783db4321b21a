import { ReadableStream } from 'node:stream/web'

export interface Peeked {
  /** First chunks of the stream: at least as many bytes as asked for, unless the stream has fewer. */
  readonly head: readonly Uint8Array[]
  /** The whole stream, including these chunks. */
  readonly body: ReadableStream<Uint8Array>
}

/** Reads the beginning of a stream without consuming it. */
export async function peek(stream: ReadableStream<Uint8Array>, bytes: number): Promise<Peeked> {
  const reader = stream.getReader()
  const head: Uint8Array[] = []
  for (let size = 0; size < bytes; ) {
    const { done, value } = await reader.read()
    if (done) break
    head.push(value)
    size += value.length
  }
  const waiting = [...head]
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = waiting.shift()
        if (next) return controller.enqueue(next)
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: reason => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return { head, body }
}
