import type { PageEvent } from '../../../src/page/protocol.ts'
import { parsePageEvent } from './parse.ts'

/** The line between this page and the simulator; whether a bot is connected to the simulator is another question. */
export type Link = 'connecting' | 'open' | 'lost'

export interface EventsOptions {
  readonly onEvent: (event: PageEvent) => void
  readonly onLink: (link: Link) => void
  readonly signal: AbortSignal
}

const reopenAfter = 2_000

/** Listens to the simulator until `signal` aborts, and comes back whenever the line breaks. */
export function openEvents({ onEvent, onLink, signal }: EventsOptions): void {
  const source = new EventSource('/_sim/events')
  const close = () => source.close()
  signal.addEventListener('abort', close, { once: true })

  source.onopen = () => onLink('open')
  source.onmessage = message => {
    const event = parsePageEvent(String(message.data))
    if (event !== undefined) onEvent(event)
  }
  source.onerror = () => {
    onLink('lost')
    // A broken line is mended by the EventSource itself; an answer other than 200 (a proxy's 502) ends it for good.
    if (source.readyState !== EventSource.CLOSED) return
    signal.removeEventListener('abort', close)
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      openEvents({ onEvent, onLink, signal })
    }, reopenAfter)
    const stop = () => clearTimeout(timer)
    signal.addEventListener('abort', stop, { once: true })
  }
}
