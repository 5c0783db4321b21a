import { searchText } from './detail.ts'
import type { InspectorEntry, InspectorEvent, Meters } from './protocol.ts'
import type { Item, Timeline } from './timeline.ts'

/** Events that may wait for a page which does not read; then it is cut off, and starts anew when it comes back. */
const LONGEST_QUEUE = 200
/** Milliseconds in which entries are gathered into one event, and between two looks at the meters. */
const GATHER = 50
const METERS = 500

export interface StreamDeps {
  readonly timeline: Timeline
  readonly meters: () => Meters
  readonly closed: AbortSignal
  /** The most entries that the timeline keeps. */
  readonly most: number
}

/** `GET /_sim/inspector/events`: the timeline, then each change, as server-sent events. */
export function inspectorStream(deps: StreamDeps, text: string): Response {
  const { closed } = deps
  const encoder = new TextEncoder()
  let stop = () => {}
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const finish = () => {
          stop()
          controller.close()
        }
        const end = watch(deps, searchFor(text), event => {
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`))
          if ((controller.desiredSize ?? 0) <= 0) finish()
        })
        closed.addEventListener('abort', finish)
        stop = () => {
          end()
          closed.removeEventListener('abort', finish)
        }
      },
      cancel: () => stop(),
    },
    { highWaterMark: LONGEST_QUEUE },
  )
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
}

/** Tells the timeline as it is, and then what changes. The function that comes back ends that. */
function watch(
  { timeline, meters, most }: StreamDeps,
  fits: (item: Item) => boolean,
  tell: (event: InspectorEvent) => void,
): () => void {
  const gathered = new Map<number, InspectorEntry>()
  const off = timeline.on(item => fits(item) && gathered.set(item.entry.id, item.entry))
  const flushing = setInterval(() => {
    if (gathered.size === 0) return
    const entries = [...gathered.values()]
    gathered.clear()
    tell({ type: 'entries', entries })
  }, GATHER)
  let last = ''
  const reading = setInterval(() => {
    const now = meters()
    const text = JSON.stringify(now)
    if (text === last) return
    last = text
    tell({ type: 'meters', meters: now })
  }, METERS)
  const kept = [...timeline.items.values()].filter(fits)
  tell({ type: 'timeline', entries: kept.map(({ entry }) => entry), most })
  tell({ type: 'meters', meters: meters() })
  return () => {
    off()
    clearInterval(flushing)
    clearInterval(reading)
  }
}

function searchFor(text: string): (item: Item) => boolean {
  const sought = text.trim().toLowerCase()
  return item => sought === '' || searchText(item).includes(sought)
}
