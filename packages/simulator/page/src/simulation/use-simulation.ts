import { useCallback, useEffect, useReducer, useState } from 'preact/hooks'
import { type Link, openEvents } from '../connection/events.ts'
import { apply, nothingYet, type Simulation } from './state.ts'

/** Keeps this page's picture of the simulator up to date for as long as the component lives. */
export function useSimulation(): { state: Simulation; link: Link; markRead: (conversationId: string) => void } {
  const [state, dispatch] = useReducer(apply, nothingYet)
  const [link, setLink] = useState<Link>('connecting')

  useEffect(() => {
    const life = new AbortController()
    openEvents({ onEvent: dispatch, onLink: setLink, signal: life.signal })
    return () => life.abort()
  }, [])

  const markRead = useCallback((conversationId: string) => dispatch({ type: 'read', conversationId }), [])
  return { state, link, markRead }
}
