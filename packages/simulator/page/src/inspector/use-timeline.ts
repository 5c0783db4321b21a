import { useEffect, useReducer } from 'preact/hooks'
import type { InspectorEntry, InspectorEvent, Meters } from '../../../src/workbench/inspector/protocol.ts'
import { openLive } from '../connection/live.ts'

/** The traffic of the simulator, as far as it was received. */
export interface TimelineState {
  readonly loaded: boolean
  /** Of which run of the simulator. */
  readonly run: string
  /** By id, which is the order in time. */
  readonly entries: ReadonlyMap<number, InspectorEntry>
  readonly most: number
  readonly meters: Meters | undefined
}

export const nothingYet: TimelineState = { loaded: false, run: '', entries: new Map(), most: 0, meters: undefined }

/** Applies one event. An event of a type this page does not know changes nothing. */
export function apply(state: TimelineState, event: InspectorEvent): TimelineState {
  switch (event.type) {
    case 'timeline':
      return {
        ...state,
        loaded: true,
        run: event.run,
        most: event.most,
        entries: new Map(event.entries.map(entry => [entry.id, entry])),
      }
    case 'entries':
      return { ...state, entries: withEntries(state, event.entries) }
    case 'meters':
      return { ...state, meters: event.meters }
    default:
      return state
  }
}

function withEntries({ entries, most }: TimelineState, more: readonly InspectorEntry[]) {
  const next = new Map(entries)
  for (const entry of more) next.set(entry.id, entry)
  for (const id of next.keys()) {
    if (next.size <= most) break
    next.delete(id)
  }
  return next
}

/** Listens to the simulator's traffic; with `text` only to what has it in it. */
export function useTimeline(text: string): TimelineState {
  const [state, dispatch] = useReducer(apply, nothingYet)
  useEffect(() => {
    const life = new AbortController()
    openLive(`/_sim/inspector/events?text=${encodeURIComponent(text)}`, {
      onEvent: data => dispatch(JSON.parse(data)),
      signal: life.signal,
    })
    return () => life.abort()
  }, [text])
  return state
}
