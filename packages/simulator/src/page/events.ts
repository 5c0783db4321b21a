import type { Bus } from '../bus/bus.ts'
import type { SimulatorEvent } from '../events.ts'
import type { PageEvent } from './protocol.ts'

/** Events that may wait for a page which does not read; then it is cut off, and starts anew when it comes back. */
const LONGEST_QUEUE = 1_000
/** Milliseconds until a page that was cut off comes back. */
const COME_BACK = 1_000

export interface EventSourceDeps {
  readonly bus: Bus<SimulatorEvent>
  readonly closed: AbortSignal
  readonly snapshot: () => PageEvent
  readonly toPageEvent: (event: SimulatorEvent) => PageEvent | undefined
}

/** `GET /_sim/events`: a snapshot, then each change, as server-sent events. */
export function eventStream({ bus, closed, snapshot, toPageEvent }: EventSourceDeps): Response {
  const life = new AbortController()
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const encoder = new TextEncoder()
        const write = (text: string) => controller.enqueue(encoder.encode(text))
        const finish = () => {
          if (life.signal.aborted) return
          life.abort()
          controller.close()
        }
        const send = joinReads(event => {
          if (life.signal.aborted) return
          if ((controller.desiredSize ?? 0) <= 0) return finish()
          write(`data: ${JSON.stringify(event)}\n\n`)
        })
        write(`retry: ${COME_BACK}\n\n`)
        write(`data: ${JSON.stringify(snapshot())}\n\n`)
        const unlisten = bus.on(event => {
          const told = toPageEvent(event)
          if (told) send(told)
        })
        life.signal.addEventListener('abort', unlisten)
        closed.addEventListener('abort', finish, { signal: life.signal })
      },
      cancel: () => life.abort(),
    },
    { highWaterMark: LONGEST_QUEUE },
  )
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
}

type Read = Extract<PageEvent, { type: 'read' }>

/** Who opens a chat reads all of it in one go: what is read in the same moment is told in one event. */
function joinReads(send: (event: PageEvent) => void): (event: PageEvent) => void {
  let waiting: { readonly event: Read; readonly ids: string[] } | undefined
  const flush = () => {
    const last = waiting
    waiting = undefined
    if (last) send({ ...last.event, ids: last.ids })
  }
  return event => {
    if (event.type !== 'read') {
      flush()
      return send(event)
    }
    const isSame = waiting?.event.conversationId === event.conversationId && waiting.event.userId === event.userId
    if (!isSame) flush()
    if (!waiting) queueMicrotask(flush)
    waiting ??= { event, ids: [] }
    waiting.ids.push(...event.ids)
  }
}
