import { serverSentEvents } from '../../http/server-sent-events.ts'
import { searchText } from './detail.ts'
import type { InspectorEntry, InspectorEvent, Meters } from './protocol.ts'
import type { Item, Timeline } from './timeline.ts'

const LONGEST_QUEUE = 200
/** Milliseconds in which entries are gathered into one event, and between two looks at the meters. */
const GATHER = 50
const METERS = 500

export interface StreamDeps {
  /** Unlike that of any other simulator. */
  readonly run: string
  readonly timeline: Timeline
  readonly meters: () => Meters
  readonly closed: AbortSignal
  /** The most entries that the timeline keeps. */
  readonly most: number
}

/** `GET /_sim/inspector/events`: the timeline, then each change, as server-sent events. */
export function inspectorStream(deps: StreamDeps, text: string): Response {
  const options = { longest: LONGEST_QUEUE, closed: deps.closed }
  return serverSentEvents(options, send => watch(deps, searchFor(text), send))
}

/** Tells the timeline as it is, and then what changes. The function that comes back ends that. */
function watch(
  { run, timeline, meters, most }: StreamDeps,
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
  tell({ type: 'timeline', run, entries: kept.map(({ entry }) => entry), most })
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
