/** Milliseconds until a page that was cut off comes back. */
const COME_BACK = 1_000

export interface EventStreamOptions {
  /** Events that may wait for a page which does not read; then it is cut off, and starts anew when it comes back. */
  readonly longest: number
  readonly closed: AbortSignal
}

/** A response of server-sent events. `begin` sends them with `send`, and returns the function that ends that. */
export function serverSentEvents(
  { longest, closed }: EventStreamOptions,
  begin: (send: (data: unknown) => void) => () => void,
): Response {
  const life = new AbortController()
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const encoder = new TextEncoder()
        const finish = () => {
          if (life.signal.aborted) return
          life.abort()
          controller.close()
        }
        const write = (text: string) => {
          if (life.signal.aborted) return
          controller.enqueue(encoder.encode(text))
          if ((controller.desiredSize ?? 0) <= 0) finish()
        }
        write(`retry: ${COME_BACK}\n\n`)
        const end = begin(data => write(`data: ${JSON.stringify(data)}\n\n`))
        life.signal.addEventListener('abort', end)
        closed.addEventListener('abort', finish, { signal: life.signal })
      },
      cancel: () => life.abort(),
    },
    { highWaterMark: longest },
  )
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
}
