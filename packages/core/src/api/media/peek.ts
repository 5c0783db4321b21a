import { ReadableStream } from 'node:stream/web'

export interface Peeked {
  /** The first bytes: at least as many as asked for, unless there are fewer. */
  readonly head: readonly Uint8Array[]
  /** The whole, the first bytes included. */
  readonly body: ReadableStream<Uint8Array>
}

/** Looks at the beginning of a stream. */
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
