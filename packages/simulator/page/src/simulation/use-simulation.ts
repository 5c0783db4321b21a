import { useEffect, useReducer, useState } from 'preact/hooks'
import type { PageEvent } from '../../../src/page/protocol.ts'
import { openEvents } from '../connection/events.ts'
import type { Link } from '../connection/live.ts'
import { apply, nothingYet, type Simulation } from './state.ts'

/** Milliseconds that events are gathered: a bot may say a hundred things at once, which is one change of the screen. */
const gathering = 16

/** Keeps this page's picture of the simulator up to date for as long as the component lives. */
export function useSimulation(): { readonly state: Simulation; readonly link: Link } {
  const [state, dispatch] = useReducer(applyAll, nothingYet)
  const [link, setLink] = useState<Link>('connecting')

  useEffect(() => {
    const life = new AbortController()
    let waiting: PageEvent[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      clearTimeout(timer)
      timer = undefined
      dispatch(waiting)
      waiting = []
    }
    const onEvent = (event: PageEvent) => {
      waiting.push(event)
      // What there is to see at first is not kept waiting for the older messages that follow it.
      if (event.type === 'snapshot') flush()
      else timer ??= setTimeout(flush, gathering)
    }
    openEvents({ onEvent, onLink: setLink, signal: life.signal })
    return () => {
      life.abort()
      clearTimeout(timer)
    }
  }, [])

  return { state, link }
}

function applyAll(state: Simulation, events: readonly PageEvent[]): Simulation {
  return events.reduce(apply, state)
}
