import type { Bus } from '../bus/bus.ts'
import type { SimulatorEvent } from '../events.ts'
import type { PageEvent } from './protocol.ts'
import { toPageEvent } from './view.ts'

/** Events that may wait for a page which does not read; then it is cut off, and starts anew when it comes back. */
const LONGEST_QUEUE = 1_000

/** `GET /_sim/events`: a snapshot, then each change, as server-sent events. */
export function eventStream(bus: Bus<SimulatorEvent>, snapshot: () => PageEvent, closed: AbortSignal): Response {
  let off = () => {}
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const finish = () => {
          off()
          controller.close()
        }
        const send = (event: PageEvent) => controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`))
        send(snapshot())
        const unlisten = bus.on(event => {
          // A page knows no way to take a message off its screen but to be told everything anew.
          const told = event.type === 'recalled' ? snapshot() : toPageEvent(event)
          if (!told) return
          send(told)
          if ((controller.desiredSize ?? 0) <= 0) finish()
        })
        closed.addEventListener('abort', finish)
        off = () => {
          unlisten()
          closed.removeEventListener('abort', finish)
        }
      },
      cancel: () => off(),
    },
    { highWaterMark: LONGEST_QUEUE },
  )
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
}
