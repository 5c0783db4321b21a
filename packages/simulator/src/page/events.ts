import { serverSentEvents } from '../http/server-sent-events.ts'
import type { SimulatorEvent } from '../platform/events.ts'
import type { Bus } from '../utils/bus.ts'
import type { PageEvent } from './protocol.ts'

const LONGEST_QUEUE = 1_000

export interface EventSourceDeps {
  readonly bus: Bus<SimulatorEvent>
  readonly closed: AbortSignal
  readonly snapshotEvents: () => Iterable<PageEvent>
  readonly toPageEvent: (event: SimulatorEvent) => PageEvent | undefined
}

/** `GET /_sim/events`: how things stand, then each change, as server-sent events. */
export function eventStream({ bus, closed, snapshotEvents, toPageEvent }: EventSourceDeps): Response {
  return serverSentEvents({ longest: LONGEST_QUEUE, closed }, tell => {
    for (const event of snapshotEvents()) tell(event)
    const send = joinReads(tell)
    return bus.on(event => {
      const told = toPageEvent(event)
      if (told) send(told)
    })
  })
}

type Read = Extract<PageEvent, { type: 'read' }>

/** Joins `read` events of the same moment into one: whoever opens a chat reads all of it at once. */
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
